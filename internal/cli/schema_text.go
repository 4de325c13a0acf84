package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/rollcast/rollcast/schema"
)

// A kindPage is what is printed of one kind. Its JSON form has the fields of
// both that it is made of.
type kindPage struct {
	schema.Kind
	Path  string        `json:"path,omitempty"`
	Field *schema.Field `json:"schema,omitempty"` // nil where the fields are not checked
}

func listKinds(o *schemaOptions) error {
	minor := o.options().Minor
	kinds := slices.DeleteFunc(schema.Kinds(), func(k schema.Kind) bool { return minorOf(k.Since) > minor })
	if o.format == "json" {
		return writeJSON(o.io, map[string]any{"kinds": kinds})
	}
	w := tabwriter.NewWriter(o.io.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "KIND\tAPI VERSION\tJUDGED\tNOTE")
	for _, k := range kinds {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", k.Kind, k.APIVersion, cmp.Or(string(k.Judged), "no"), life(k))
	}
	return w.Flush()
}

// life says since when and until when a kind is served.
func life(k schema.Kind) string {
	var notes []string
	if k.Since != "" {
		notes = append(notes, "since "+k.Since)
	}
	if k.Removed != "" {
		notes = append(notes, "gone since "+k.Removed)
	}
	if k.Use != "" {
		notes = append(notes, "use "+k.Use)
	}
	if !k.Fields && k.Removed == "" {
		notes = append(notes, "fields not checked")
	}
	return strings.Join(notes, ", ")
}

// write prints the page within the terminal's width, or 100 columns.
func (p kindPage) write(s *streams) error {
	width := cmp.Or(s.width, 100)
	var b strings.Builder
	title := p.APIVersion + " " + p.Kind.Kind
	if p.Path != "" {
		title += ": " + p.Path
	}
	fmt.Fprintln(&b, title)
	if note := life(p.Kind); note != "" {
		hang(&b, note, 2, width)
	}
	if p.Changes != "" {
		hang(&b, "there "+p.Changes, 2, width)
	}
	if p.Field == nil {
		_, err := io.WriteString(s.out, b.String())
		return err
	}
	if p.Path != "" {
		hang(&b, strings.Join(append([]string{p.Field.Type}, notes(p.Field)...), "; "), 2, width)
	}
	for _, c := range p.Field.Checks {
		hang(&b, "- "+c, 2, width)
	}
	if len(p.Field.Fields) > 0 {
		fmt.Fprintln(&b)
		names, types := columns(p.Field.Fields, 0)
		writeFields(&b, p.Field.Fields, 0, min(names, width/2), min(types, width/4), width)
	}
	_, err := io.WriteString(s.out, b.String())
	return err
}

// columns are the widths of the two columns before the notes.
func columns(fields []schema.Field, indent int) (names, types int) {
	for i := range fields {
		f := &fields[i]
		n, t := columns(f.Fields, indent+2)
		names, types = max(names, n, indent+len(f.Name)), max(types, t, len(f.Type))
	}
	return names, types
}

func writeFields(b *strings.Builder, fields []schema.Field, indent, names, types, width int) {
	for i := range fields {
		f := &fields[i]
		line := fmt.Sprintf("%-*s  %-*s", names, strings.Repeat(" ", indent)+f.Name, types, f.Type)
		said := strings.Join(append(notes(f), f.Checks...), "; ")
		if said == "" {
			fmt.Fprintln(b, strings.TrimRight(line, " "))
		} else {
			fill(b, line+"  ", said, names+types+4, width)
		}
		writeFields(b, f.Fields, indent+2, names, types, width)
	}
}

// notes are the facts of one field, each a few words.
func notes(f *schema.Field) []string {
	var out []string
	if f.Required {
		out = append(out, "required")
	}
	if f.Default != "" {
		out = append(out, "default "+f.Default)
	}
	if len(f.Given) > 0 {
		out = append(out, "default by case "+orList(f.Given))
	}
	if f.Since != nil {
		out = append(out, stage(f.Since))
	}
	if f.Dropped {
		out = append(out, "the server drops it")
	}
	if len(f.Values) > 1 || len(f.Values) == 1 && strings.Trim(f.Default, `"`) != f.Values[0].Value {
		var values []string
		for _, v := range f.Values {
			text := cmp.Or(v.Value, `""`)
			if v.Since != nil {
				text += " (" + stage(v.Since) + ")"
			}
			values = append(values, text)
		}
		out = append(out, orList(values))
	}
	for _, l := range f.Limits {
		if strings.Contains(l, "match") && len(l) > longPattern {
			l = "a pattern, which --format json shows"
		}
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// longPattern is how many characters of a regular expression a table bears.
const longPattern = 40

// stage says when something came, and when it takes effect.
func stage(s *schema.Since) string {
	var out []string
	if s.Added != "" {
		out = append(out, "since "+s.Added)
	}
	switch {
	case s.Works != "" && s.Works != s.Added:
		out = append(out, "in effect since "+s.Works)
	case s.Works == "" && s.Gate != "":
		out = append(out, "off unless the gate is on")
	}
	if s.Removed != "" {
		out = append(out, "gone since "+s.Removed)
	}
	if s.Gate != "" {
		out = append(out, "gate "+s.Gate)
	}
	return strings.Join(out, ", ")
}

func hang(b *strings.Builder, text string, indent, width int) {
	fill(b, strings.Repeat(" ", indent), text, indent+2, width)
}

// fill writes words after a first piece, and breaks lines before the width; a
// continued line is indented.
func fill(b *strings.Builder, first, text string, indent, width int) {
	if indent > width*2/3 {
		indent = width / 3
	}
	line, fresh := first, true
	for _, word := range strings.Fields(text) {
		if n := len([]rune(line)) + len([]rune(word)); !fresh && n+1 > width || fresh && n > width && strings.TrimSpace(line) != "" {
			fmt.Fprintln(b, strings.TrimRight(line, " "))
			line, fresh = strings.Repeat(" ", indent), true
		}
		if !fresh {
			line += " "
		}
		line, fresh = line+word, false
	}
	fmt.Fprintln(b, strings.TrimRight(line, " "))
}
