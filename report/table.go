package report

import "strings"

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
	gap     int // the column in which rows without cells start
}

type row struct {
	cells []cell
	note  string
	gap   string
}

// between is how many columns stand between two columns.
const between = 2

// notes is the width of the widest note. Notes stand beside the rows only
// where none has to wrap: the bars above each other are one picture.
func (t table) notes() int {
	width := 0
	for _, r := range t.rows {
		width = max(width, displayWidth(r.note))
	}
	return width
}

// widths are the columns' widths.
func (t table) widths() []int {
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = displayWidth(c.title)
		for _, r := range t.rows {
			if r.cells != nil {
				widths[i] = max(widths[i], displayWidth(r.cells[i].text))
			}
		}
	}
	return widths
}

// table writes the header and the rows, with the notes beside them where they
// have room. It reports whether they had: if not, they are the caller's.
func (p *page) table(t table) (beside bool) {
	widths := t.widths()
	total, gap := 0, 0 // where notes and gaps start
	for i, w := range widths {
		total += w + between
		if i < t.gap {
			gap = total
		}
	}
	beside = t.notes() > 0 && (p.Width == 0 || total+t.notes() <= p.Width)

	header := make([]cell, len(t.columns))
	for i, c := range t.columns {
		header[i] = cell{text: c.title, st: dim}
	}
	why := ""
	if beside {
		why = p.paint(dim, "why")
	}
	p.row(p.cells(t.columns, widths, header), why)
	for _, r := range t.rows {
		switch {
		case r.cells == nil:
			p.indented(gap, dim, r.gap)
		case !beside:
			p.row(p.cells(t.columns, widths, r.cells), "")
		default:
			p.row(p.cells(t.columns, widths, r.cells), p.paint(dim, r.note))
		}
	}
	return beside
}

// row ends a line of cells with its note, or at its last cell.
func (p *page) row(cells, note string) {
	if note == "" {
		p.line(strings.TrimRight(cells, " "))
		return
	}
	p.line(cells, strings.Repeat(" ", between), note)
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
