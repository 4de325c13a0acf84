package report

import (
	"strings"
)

// A cell is text with its colour. shown, where set, is what is printed in its
// place: a bar that was painted cell by cell.
type cell struct {
	text  string
	st    style
	shown string
}

// A column of a table.
type column struct {
	title string
	right bool // numbers
}

// A table is rows of cells below a header, each with a note: why the state is
// as it is. A row without cells is one line of text across the table.
type table struct {
	columns []column
	rows    []row
	under   int // the column under which notes stand that do not fit beside
}

type row struct {
	cells []cell
	note  string
	gap   string
}

const (
	between  = 2  // columns between two columns
	noteRoom = 28 // columns that a note needs to stand beside its row
)

// table writes the header and the rows. Notes stand behind the row where they
// have room, else below it.
func (p *page) table(t table) {
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = displayWidth(c.title)
		for _, r := range t.rows {
			if r.cells != nil {
				widths[i] = max(widths[i], displayWidth(r.cells[i].text))
			}
		}
	}
	total := 0
	for _, w := range widths {
		total += w + between
	}
	beside := p.Width == 0 || p.Width-total >= noteRoom
	under := 0
	for _, w := range widths[:t.under] {
		under += w + between
	}

	header := make([]cell, len(t.columns))
	for i, c := range t.columns {
		header[i] = cell{text: c.title, st: dim}
	}
	if beside {
		p.line(p.cells(t.columns, widths, header), strings.Repeat(" ", between), p.paint(dim, "why"))
	} else {
		p.line(strings.TrimRight(p.cells(t.columns, widths, header), " "))
	}
	for _, r := range t.rows {
		switch {
		case r.cells == nil:
			p.indented(under, dim, r.gap)
		case r.note == "":
			p.line(strings.TrimRight(p.cells(t.columns, widths, r.cells), " "))
		case beside:
			for i, l := range wrap(r.note, p.room(total)) {
				if i == 0 {
					p.line(p.cells(t.columns, widths, r.cells), strings.Repeat(" ", between), p.paint(dim, l))
					continue
				}
				p.line(strings.Repeat(" ", total), p.paint(dim, l))
			}
		default:
			p.line(strings.TrimRight(p.cells(t.columns, widths, r.cells), " "))
			p.indented(under, dim, r.note)
		}
	}
}

// cells is one row, every cell padded to its column.
func (p *page) cells(columns []column, widths []int, row []cell) string {
	var b strings.Builder
	for i, c := range row {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", between))
		}
		shown := c.shown
		if shown == "" {
			shown = p.paint(c.st, c.text)
		}
		space := strings.Repeat(" ", max(0, widths[i]-displayWidth(c.text)))
		if columns[i].right {
			b.WriteString(space + shown)
		} else {
			b.WriteString(shown + space)
		}
	}
	return b.String()
}
