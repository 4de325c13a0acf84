package report

import "github.com/rollcast/rollcast/review"

// rooms says what bounds the pods of a rollout, what stops it first.
func (p *page) rooms(rp *review.Plan) {
	label := "room"
	for _, stalls := range []bool{true, false} {
		for _, r := range rp.Rooms {
			if r.Stalls != stalls || r.Text == "" {
				continue
			}
			st := plain
			switch {
			case r.Stalls:
				st = boldRed
			case r.Fits < r.Needs:
				st = yellow
			}
			p.entry(label, st, clean(r.Text))
			label = ""
		}
	}
}

// combined is what several rollouts of the change share, what is short first.
func (p *page) combined(r *review.Result) {
	if len(r.Combined) == 0 {
		return
	}
	p.blank()
	p.line(p.paint(bold, "all at once"))
	for _, short := range []bool{true, false} {
		for _, c := range r.Combined {
			if c.Short == short {
				st := plain
				if short {
					st = yellow
				}
				p.indented(2, st, clean(c.Text))
			}
		}
	}
}
