package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/review"
)

// A page is text on its way to a terminal or a pipe. All text views are built
// from its blocks.
type page struct {
	palette
	Options
	text strings.Builder
}

func newPage(o Options) *page { return &page{palette: palette{o.Color}, Options: o} }

// flush writes the page in one piece.
func (p *page) flush(w io.Writer) error {
	_, err := io.WriteString(w, p.text.String())
	return err
}

// line writes its parts, which may be painted, and ends the line.
func (p *page) line(parts ...string) {
	for _, s := range parts {
		p.text.WriteString(s)
	}
	p.text.WriteByte('\n')
}

// blank separates two blocks.
func (p *page) blank() { p.text.WriteByte('\n') }

// room is what is left of the screen beside an indent, 0 for no limit and
// never so little that words are torn into columns of one.
func (p *page) room(indent int) int {
	if p.Width == 0 {
		return 0
	}
	return max(20, p.Width-indent)
}

// indented writes text wrapped behind an indent, in one style.
func (p *page) indented(indent int, st style, text string) {
	for _, l := range wrap(text, p.room(indent)) {
		p.line(strings.Repeat(" ", indent), p.paint(st, l))
	}
}

// labelled writes text behind a label, wrapped so that the label's column
// stays free below it; below the label where a word of it is too wide for that.
func (p *page) labelled(label string, indent, width int, st style, text string) {
	for _, word := range wrap(text, min(1, p.Width)) {
		if p.Width > 0 && displayWidth(word) > p.Width-indent-width {
			p.line(strings.Repeat(" ", indent), p.paint(dim, label))
			p.indented(indent+2, st, text)
			return
		}
	}
	for i, l := range wrap(text, p.room(indent+width)) {
		if i > 0 {
			label = ""
		}
		p.line(strings.Repeat(" ", indent), p.paint(dim, pad(label, width, false)), p.paint(st, l))
	}
}

// judgedAs is the first line of every text: what the result was judged as, and
// what it does not cover. lead stands before it, in its own style, or below it
// on a narrow screen.
func (p *page) judgedAs(r *review.Result, lead string, st style) {
	base, more := covered(r)
	text := base + more
	if len(r.Skipped) > 0 && !p.Verbose {
		text += " " + together("(-v names them)")
	}
	const gap = " · "
	before := displayWidth(lead + gap)
	switch {
	case lead == "":
		p.indented(0, dim, text)
	case p.Width > 0 && before+displayWidth(base+",") > p.Width:
		p.indented(0, dim, text)
		p.line(p.paint(st, lead))
	default:
		width := 0
		if p.Width > 0 {
			width = p.Width - before
		}
		for i, l := range hang(text, width, p.Width) {
			if i == 0 {
				p.line(p.paint(st, lead), p.paint(dim, gap+l))
				continue
			}
			p.line(p.paint(dim, l))
		}
	}
	if p.Verbose {
		p.skipped(r.Skipped)
	}
}

// covered says what the result was judged as, and what it does not cover, the
// files first. No-break spaces hold together what belongs together.
func covered(r *review.Result) (base, more string) {
	s := r.Summary
	base = together("judged as Kubernetes " + r.KubernetesVersion + " · not analysed: " + count(s.SkippedFiles, "file", "files"))
	if s.SkippedDocuments > 0 {
		more += ", " + together(count(s.SkippedDocuments, "document", "documents"))
	}
	if s.WithoutSchema > 0 {
		more += ", " + together(count(s.WithoutSchema, "object", "objects")+" without a schema")
	}
	return base, more
}

// skipped lists what was not analysed, and why.
func (p *page) skipped(list []review.Skipped) {
	for _, s := range list {
		place := clean(s.File)
		if s.Line > 0 {
			place += ":" + strconv.Itoa(s.Line)
		}
		p.indented(2, dim, place+": "+clean(s.Reason))
	}
}

// summary is the last line of a report.
func (p *page) summary(r *review.Result) {
	s := r.Summary
	var found, painted []string
	for _, part := range []struct {
		n         int
		one, many string
		st        style
	}{
		{s.Errors, "error", "errors", red},
		{s.Warnings, "warning", "warnings", yellow},
		{s.Infos, "info", "infos", cyan},
	} {
		if part.n > 0 {
			text := count(part.n, part.one, part.many)
			found, painted = append(found, text), append(painted, p.paint(part.st, text))
		}
	}
	if len(found) == 0 {
		found, painted = []string{"nothing found"}, []string{p.paint(green, "nothing found")}
	}
	where := "in " + count(s.Documents, "object", "objects") + " of " + count(s.Files, "file", "files")
	if s.Suppressed > 0 {
		where += ", " + strconv.Itoa(s.Suppressed) + " suppressed"
	}
	text := strings.Join(painted, ", ")
	if p.Width > 0 && displayWidth(strings.Join(found, ", ")+" "+where) > p.Width {
		p.line(text)
		p.indented(0, plain, where)
		return
	}
	p.line(text, " ", where)
}

// count names a number of things: 1 file, 2 files, 12,000 files.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(int64(n)) + " " + many
}

// thousands writes 12,000 for 12000, and leaves 1200 alone.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	if n < 10000 {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
