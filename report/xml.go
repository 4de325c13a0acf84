package report

import (
	"encoding/xml"
	"io"
)

// writeXML writes a document with its declaration. Control characters, which
// XML cannot hold even escaped, have to be made visible before.
func writeXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
