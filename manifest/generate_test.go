package manifest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A yamlWriter makes up YAML documents, most of them valid, with everything
// that can be written in more than one way: comments, anchors, tags, block
// scalars, flow collections, odd indentation, Unicode.
type yamlWriter struct {
	*rand.Rand
	b       strings.Builder
	anchors int
}

func (w *yamlWriter) pick(list ...string) string { return list[w.IntN(len(list))] }

func (w *yamlWriter) chance(percent int) bool { return w.IntN(100) < percent }

func (w *yamlWriter) comment() string {
	if w.chance(15) {
		return w.pick(" # why", " #", "  # a: b", "\t# tab", " # 中文 ：", " # it's")
	}
	return ""
}

// own writes comment and blank lines.
func (w *yamlWriter) own(indent int) {
	for w.chance(15) {
		pad := strings.Repeat(" ", max(0, indent+w.IntN(5)-2))
		w.b.WriteString(w.pick("\n", "  \n", pad+"# comment\n", "# left\n", pad+"#\n", pad+"# x\n", pad+w.pick("# y\n", "\t# tab\n")))
	}
}

func (w *yamlWriter) properties() string {
	p := ""
	if w.chance(6) {
		w.anchors++
		p += fmt.Sprintf("&a%d ", w.anchors%7)
	}
	if w.chance(4) {
		p += w.pick("!!str ", "!!int ", "!foo ", "! ", "!!map ", "!!seq ", "!!float ", "!!null ", "!!binary ")
	}
	return p
}

func (w *yamlWriter) word() string {
	return w.pick("a", "b", "name", "image", "web-1", "app.kubernetes.io/name", "x y", "é", "名前", "１", "a#b", "a:b", "-x", "?y", "it's", `back\slash`)
}

func (w *yamlWriter) inline(flow bool) string {
	if w.chance(5) && w.anchors > 0 {
		return fmt.Sprintf("*a%d", w.IntN(7))
	}
	switch w.IntN(8) {
	case 0:
		return w.properties() + `"` + w.pick("a", "x: y", "# no", `\"`, `\n`, `é\u00e9`, "a\n   b", "a \\\n   b", "}", "{{ x }}") + `"`
	case 1:
		return w.properties() + "'" + w.pick("a", "x: y", "it''s", "# no", "a\n\n    b", "]") + "'"
	case 2:
		return w.properties() + scalarTexts[w.IntN(len(scalarTexts))]
	case 3:
		if flow || w.chance(30) {
			return w.flow(0)
		}
	case 4:
		return w.pick("", "~", w.properties())
	}
	if flow {
		return w.properties() + w.pick("a", "b c", "1", "true", "x-y")
	}
	return w.properties() + w.word()
}

func (w *yamlWriter) flow(depth int) string {
	var parts []string
	isMap := w.chance(50)
	for range w.IntN(4) {
		v := w.inline(true)
		if depth < 3 && w.chance(20) {
			v = w.flow(depth + 1)
		}
		if isMap || w.chance(10) {
			v = w.pick("a", "b", `"c"`, "d e", "1", "? f") + w.pick(": ", ":", " : ", ": ") + v
		}
		parts = append(parts, v)
	}
	sep := w.pick(", ", ",", " , ", ",\n      ", ", # c\n      ")
	body := w.properties()
	text := strings.Join(parts, sep) + w.pick("", "", ",", " ", "\n     ")
	if isMap {
		return body + "{" + text + "}"
	}
	return body + "[" + text + "]"
}

// value writes what follows "key:" or "-", with its line break.
func (w *yamlWriter) value(indent, depth int) {
	if depth < 4 && w.chance(35) {
		w.b.WriteString(w.pick("", " "+w.properties()) + w.comment() + "\n")
		in := indent + 1 + w.IntN(4)
		if w.chance(50) {
			w.mapping(in, depth+1)
		} else {
			w.sequence(in-w.IntN(2), depth+1)
		}
		return
	}
	if w.chance(12) {
		w.b.WriteString(" " + w.properties() + w.pick("|", ">", "|-", ">+", "|2", ">1-") + w.comment() + "\n")
		in := indent + 1 + w.IntN(3)
		for range w.IntN(4) {
			w.b.WriteString(w.pick("\n", "\n", strings.Repeat(" ", in)+w.pick("text\n", "# no\n", " more\n", "a: b\n", "'\n", "\ttab\n", "…\n", "  \n")))
		}
		return
	}
	w.b.WriteString(" " + w.inline(false))
	if w.chance(5) {
		w.b.WriteString("\n" + strings.Repeat(" ", indent+1+w.IntN(2)) + w.pick("more", "and 'more'", "2"))
	}
	w.b.WriteString(w.comment() + w.pick("\n", "\n", "\n", "\n", " \n", "\r\n"))
}

func (w *yamlWriter) mapping(indent, depth int) {
	for range 1 + w.IntN(4) {
		w.own(indent)
		pad := strings.Repeat(" ", indent)
		if w.chance(2) {
			pad += " " // broken, usually
		}
		switch {
		case w.chance(3):
			w.b.WriteString(pad + "? " + w.inline(false) + "\n")
			if w.chance(70) {
				w.b.WriteString(pad + ":")
				w.value(indent, depth)
			}
			continue
		case w.chance(4):
			w.b.WriteString(pad + "<<:" + w.pick(" *a1\n", " [*a1, *a2]\n", " {a: 1, z: 2}\n", " x\n"))
			continue
		}
		key := w.word()
		if w.chance(15) {
			key = w.pick(`"q"`, "'k'", "1", "yes", "1.5", "~", "&a3 k", "!!str 7", "? ")
		}
		w.b.WriteString(pad + key + w.pick(":", ":", ":", ":", " :"))
		w.value(indent, depth)
	}
}

func (w *yamlWriter) sequence(indent, depth int) {
	for range 1 + w.IntN(3) {
		w.own(indent)
		w.b.WriteString(strings.Repeat(" ", indent) + "-")
		if depth < 4 && w.chance(30) {
			w.b.WriteString(" a:")
			w.value(indent+2, depth+1)
			if w.chance(60) {
				w.mapping(indent+2, depth+1)
			}
			continue
		}
		w.value(indent, depth)
	}
}

func randomYAML(seed uint64) string {
	w := &yamlWriter{Rand: rand.New(rand.NewPCG(seed, 1))}
	w.own(0)
	if w.chance(80) {
		w.mapping(w.IntN(2), 0)
	} else {
		w.sequence(0, 0)
	}
	w.own(0)
	text := w.b.String()
	if w.chance(10) {
		text = strings.TrimRight(text, "\n")
	}
	if w.chance(5) {
		text = bom + text
	}
	return text
}

func TestGeneratedSameAsServer(t *testing.T) {
	n, accepted := 3000, 0
	if testing.Short() {
		n = 300
	}
	for seed := range uint64(n) {
		if sameAsServer(t, []byte(randomYAML(seed))) {
			accepted++
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if accepted < n/3 {
		t.Errorf("the server accepts only %d of %d documents: they test too little", accepted, n)
	}
}
