package manifest

import "bytes"

// A chunk is one YAML document of a file: the bytes between two --- lines.
type chunk struct {
	start, end int // byte offsets into the file
	line       int // of the first byte, from 1
	// stray is where something else than a comment stands on the --- line. It
	// belongs to the document then, which begins with that line. YAML and the
	// server allow it; kubectl refuses the stream. 0 where there is none.
	stray int
}

// split cuts a file at its --- lines before anything is parsed, as kubectl
// does (apimachinery's YAMLReader), so that a broken document costs no other.
func split(data []byte) []chunk {
	body := 0
	if bytes.HasPrefix(data, []byte(bom)) {
		body = len(bom)
	}
	var chunks []chunk
	c := chunk{line: 1}
	for at := body; ; {
		if !bytes.HasPrefix(data[at:], []byte("---")) {
			i := bytes.Index(data[at:], []byte("\n---"))
			if i < 0 {
				break
			}
			at += i + 1
		}
		// data[at:] is a --- line.
		end, next := len(data), len(data)
		if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		c.end = at
		line := c.line + bytes.Count(data[c.start:next], []byte{'\n'})
		chunks = append(chunks, c)
		c = chunk{start: next, line: line}
		text := data[at+3 : end]
		if rest := bytes.TrimSpace(text); len(rest) > 0 && rest[0] != '#' {
			c.stray = at + 3 + bytes.Index(text, rest)
			c.start, c.line = at, line-bytes.Count(data[at:next], []byte{'\n'})
		}
		if at = next; at == len(data) {
			break
		}
	}
	c.end = len(data)
	return append(chunks, c)
}
