package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

const (
	markdownReasons = 8   // reasons of the verdict
	markdownRows    = 100 // rows of the table of changes
	markdownFields  = 3   // fields shown for one object in the table
	markdownNotes   = 25  // workloads with sentences of their own
	markdownWidth   = 100 // columns of the steps
)

// A sheet is a Markdown report on its way. It never grows beyond what a comment
// may hold: what does not fit is counted.
type sheet struct {
	text strings.Builder
	left int // parts that did not fit
}

// add writes a part if there is room for it.
func (s *sheet) add(part string) bool {
	if s.text.Len()+len(part) > markdownMost-markdownRest {
		s.left++
		return false
	}
	s.text.WriteString(part)
	return true
}

// reviewMarkdown is a review for the comment of a pull request: the verdict and
// a table first, then what is refused and what is new, and everything else in
// parts that fold.
func reviewMarkdown(w io.Writer, r *review.Result, _ Options) error {
	s := &sheet{}
	s.add("### " + verdictEmoji(r.Verdict) + " rollcast: " + string(r.Verdict) + "\n\n")
	base, more := covered(r)
	head := strings.ReplaceAll(base+more, noBreak, " ")
	if r.Base != "" {
		s.add("**" + inMarkdown(cut(changeSummary(r), markdownMessage)) + "** · " + head + "\n")
	} else {
		s.add(head + "\n")
	}
	s.reasons(r)
	if len(r.Failures) > 0 {
		var b strings.Builder
		markdownFailures(&b, r.Failures)
		s.add(b.String())
	}
	if r.Base != "" {
		s.changes(r)
	} else {
		s.plans(r)
	}
	s.hazards(r)
	s.findings(r)
	s.details(r)
	return s.end(w, "rollcast review")
}

// end writes the sheet, and says which command shows what it leaves out.
func (s *sheet) end(w io.Writer, command string) error {
	if s.left > 0 {
		s.text.WriteString("\n" + count(s.left, "row, note or picture of steps is", "rows, notes and pictures of steps are") + " left out here: `" + command + "` shows all\n")
	}
	_, err := io.WriteString(w, s.text.String())
	return err
}

func verdictEmoji(v review.Verdict) string {
	switch v {
	case review.VerdictStop:
		return "🛑"
	case review.VerdictReview:
		return "🔎"
	case review.VerdictSafe:
		return "✅"
	}
	return "❔"
}

// reasons lists why the verdict is what it is.
func (s *sheet) reasons(r *review.Result) {
	if len(r.Reasons) == 0 {
		return
	}
	s.add("\n")
	for i, reason := range r.Reasons {
		if i == markdownReasons {
			s.add("- and " + count(len(r.Reasons)-i, "more reason", "more reasons") + "\n")
			return
		}
		s.add("- " + markdownSentence(cut(reason, markdownMessage)) + "\n")
	}
}

// changes are the tables of what the change does: what is refused or goes, then
// the rollouts, then everything else. Only a rollout has the columns of one.
func (s *sheet) changes(r *review.Result) {
	gone := append(ofKind(r, review.Rejected), ofKind(r, review.Deleted, review.Recreated)...)
	rolling := rollouts(r)
	others := ofKind(r, review.Drifted)
	same := 0
	for _, ch := range quiet(r) {
		switch {
		case ch.Kind() == review.NothingDone:
			same++
		case ch.Plan >= 0 && r.Plans[ch.Plan].Plan != nil:
			rolling = append(rolling, ch)
		default:
			others = append(others, ch)
		}
	}
	if len(rolling) == 0 {
		gone, others = append(gone, others...), nil
	}
	rows := 0
	for _, table := range []struct {
		head string
		list []*review.Change
		row  func(*review.Result, *review.Change) string
	}{
		{"\n| what | object | why |\n|---|---|---|\n", gone, changeRow},
		{"\n| rollout | lowest | peak | time |\n|---|---|---|---|\n", rolling, rolloutRow},
		{"\n| what else | object | why |\n|---|---|---|\n", others, changeRow},
	} {
		if len(table.list) > 0 {
			s.add(table.head)
		}
		for i, ch := range table.list {
			if rows++; rows > markdownRows || !s.add(table.row(r, ch)) {
				s.left += len(table.list) - i - 1
				s.text.WriteString("\n" + count(len(table.list)-i, "more object is", "more objects are") + " left out of the table\n")
				break
			}
		}
	}
	if same > 0 {
		s.add("\n" + count(same, "object is", "objects are") + " written differently and " + plural(same, "means", "mean") + " the same.\n")
	}
	s.combined(r)
	s.notes(rolling)
}

// combined is what several rollouts share; what is short of it stands out.
func (s *sheet) combined(r *review.Result) {
	if len(r.Combined) > 0 {
		s.add("\n**All at once**\n\n")
	}
	for _, short := range []bool{true, false} {
		for _, c := range r.Combined {
			if c.Short == short {
				mark := "- "
				if short {
					mark += "⚠️ "
				}
				s.add(mark + inMarkdown(cut(c.Text, markdownMessage)) + "\n")
			}
		}
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// changeRow is one object of the change.
func changeRow(r *review.Result, ch *review.Change) string {
	return "| " + kindEmoji(ch.Kind()) + " " + kindWord(ch) + " | " + objectCell(ch.Document) + " | " + whyCell(ch, ch.Messages) + " |\n"
}

// rolloutRow is a workload of the change with its rollout. What it is and why
// stand in one cell, so that the row fits the width of a comment.
func rolloutRow(r *review.Result, ch *review.Change) string {
	rp := &r.Plans[ch.Plan]
	lowest, peak, time := "", "", ""
	if rp.Plan != nil {
		lowest, peak, time = planCells(rp)
	}
	name := inMarkdown(cut(ch.Document.Label(), markdownName))
	place := markdownCode(cut(ch.Document.File.Name, markdownName) + ":" + strconv.Itoa(startLine(ch.Document)))
	if why := whyCell(ch, nil); why != "" {
		place += "<br>" + why
	}
	return "| " + kindEmoji(ch.Kind()) + " **" + name + "**: " + restarts(ch, rp) + "<br>" + place + " | " + lowest + " | " + peak + " | " + time + " |\n"
}

// whyCell is the fields that made the difference, and what is said of them; the
// first sentence where neither is there.
func whyCell(ch *review.Change, messages []string) string {
	var why, said []string
	for i := range ch.Because {
		if i == markdownFields {
			why = append(why, "and "+count(len(ch.Because)-i+ch.More, "more field", "more fields"))
			break
		}
		b := &ch.Because[i]
		text := markdownCode(cut(b.Field(), markdownName))
		if d := fromTo(b, 30); d != "" {
			text += " " + inMarkdown(d)
		}
		why = append(why, text)
	}
	if len(ch.Because) == 0 && len(messages) == 0 {
		messages = ch.Messages[:min(1, len(ch.Messages))]
	}
	for _, m := range messages {
		said = append(said, markdownSentence(cut(m, markdownMessage)))
	}
	if ch.Is(review.Rejected) { // the reason and the recipe count
		return strings.Join(append(said, why...), "<br>")
	}
	return strings.Join(append(why, said...), "<br>")
}

func objectCell(d *manifest.Document) string {
	return inMarkdown(cut(d.Label(), markdownName)) + "<br>" + markdownCode(cut(d.File.Name, markdownName)+":"+strconv.Itoa(startLine(d)))
}

// planCells are a rollout in three cells: the fewest available pods with a bar,
// the most pods, the time.
func planCells(rp *review.Plan) (lowest, peak, time string) {
	plan := rp.Plan
	want := max(int64(plan.Replicas.To), int64(plan.Replicas.From))
	lowest = shareBar(plan.MinAvailable, want) + " " + thousands(plan.MinAvailable) + " of " + thousands(want)
	switch {
	case plan.Replicas.From == 0 && plan.Replicas.To > 0:
		lowest = "starts from none"
	case raised(plan):
		lowest = shareBar(1, 1) + " " + thousands(plan.MinAvailable) + ", as before"
	}
	for i := range rp.Budgets {
		b := &rp.Budgets[i]
		lowest += "<br>" + inMarkdown(cut(budgetName(b), markdownName)) + " asks for " + thousands(b.MinReady)
	}
	switch plan.Outcome {
	case planner.Stalled, planner.Failed:
		lowest += "<br>**" + string(plan.Outcome) + "**"
	case planner.Paused, planner.Waiting:
		lowest += "<br>" + string(plan.Outcome)
	case planner.Complete, planner.Nothing:
	}
	peak = thousands(plan.PeakPods)
	if plan.PeakPodsWithTerminating > plan.PeakPods {
		peak += "<br>" + thousands(plan.PeakPodsWithTerminating) + " with terminating"
	}
	if rp.Capacity != nil {
		if extra := resources(rp.Capacity.Extra); extra != "" {
			peak += "<br>+" + strings.ReplaceAll(extra, " and ", "<br>+")
		}
	}
	for _, r := range rp.Rooms {
		if r.Stalls || r.Fits < r.Needs {
			peak += "<br>" + inMarkdown(cut(r.Text, markdownMessage))
		}
	}
	if plan.DurationSeconds != nil {
		time = span(*plan.DurationSeconds)
	}
	return lowest, peak, strings.ReplaceAll(time, noBreak, " ")
}

// shareBar is n of all in ten blocks, rounded down: full only if nothing is
// missing.
func shareBar(n, all int64) string {
	const width = 10
	full := int64(width)
	if all > 0 {
		full = max(0, min(width, n*width/all))
	}
	return strings.Repeat("█", int(full)) + strings.Repeat("░", width-int(full))
}

func kindEmoji(k review.ChangeKind) string {
	switch k {
	case review.Rejected:
		return "❌"
	case review.Recreated, review.RolledOut:
		return "🔄"
	case review.Deleted:
		return "🗑️"
	case review.Scaled:
		return "↕️"
	case review.Drifted:
		return "⚠️"
	case review.Created:
		return "➕"
	case review.Migrated, review.Renamed, review.Metadata, review.NothingDone:
		return "✏️"
	}
	return ""
}

// notes are the sentences about objects that need more than a row.
func (s *sheet) notes(list []*review.Change) {
	noted := 0
	for _, ch := range list {
		if len(ch.Messages) == 0 || len(ch.Because) == 0 && len(ch.Messages) == 1 {
			continue
		}
		if noted++; noted > markdownNotes { // the rest has room for steps
			s.left++
			continue
		}
		var b strings.Builder
		b.WriteString("\n" + kindEmoji(ch.Kind()) + " **" + inMarkdown(cut(ch.Document.Label(), markdownName)) + "**\n")
		for _, m := range ch.Messages {
			b.WriteString("- " + markdownSentence(cut(m, markdownMessage)) + "\n")
		}
		s.add(b.String())
	}
}

// markdownSentence is a sentence of ours, with its `commands` as code.
func markdownSentence(s string) string {
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 {
		return inMarkdown(s)
	}
	var b strings.Builder
	for i, part := range parts {
		switch {
		case part == "":
		case i%2 == 1:
			b.WriteString(markdownCode(part))
		default:
			if i > 0 && part[0] == ' ' {
				b.WriteByte(' ')
			}
			b.WriteString(inMarkdown(part))
			if i < len(parts)-1 && len(part) > 1 && part[len(part)-1] == ' ' {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// plans is the table of a review without a base.
func (s *sheet) plans(r *review.Result) {
	if len(r.Plans) == 0 {
		return
	}
	s.add("\n| workload | outcome | lowest | peak | time |\n|---|---|---|---|---|\n")
	for i := range r.Plans {
		rp := &r.Plans[i]
		object := objectCell(rp.Document) + ofMany(r.Plans, i, "<br>")
		row := "| " + object + " | no plan: " + inMarkdown(cut(rp.NoPlan, markdownMessage)) + " | | | |\n"
		if rp.Plan != nil {
			lowest, peak, time := planCells(rp)
			row = "| " + object + " | " + string(rp.Plan.Outcome) + " | " + lowest + " | " + peak + " | " + time + " |\n"
		}
		if i == markdownRows || !s.add(row) {
			s.text.WriteString("\n" + count(len(r.Plans)-i, "more workload is", "more workloads are") + " left out of the table\n")
			return
		}
	}
}

// ofMany tells one plan of a workload from the others, which have other numbers of
// replicas; "" where there is one.
func ofMany(plans []review.Plan, i int, before string) string {
	if plans[i].Plan == nil || !plans[i].Variant && (i+1 == len(plans) || !plans[i+1].Variant) {
		return ""
	}
	return before + "with " + count(int(plans[i].Plan.Replicas.To), "replica", "replicas")
}

// findings is the table of what is new; without a base, of all there is.
func (s *sheet) findings(r *review.Result) {
	list := worstFirst(current(r))
	if r.Base != "" {
		list = newFindings(r)
	}
	if len(list) > 0 {
		s.add("\n| severity | where | finding |\n|---|---|---|\n")
	}
	for i, f := range list {
		if !s.add(markdownRow(f)) {
			s.text.WriteString("\n" + leftOut(list[i:]) + "\n")
			break
		}
	}
	if r.Base == "" {
		p := newPage(Options{})
		p.summary(r)
		s.add("\n**" + strings.TrimSpace(p.text.String()) + "**\n")
		return
	}
	s.add("\n**" + findingSummary(r) + "**\n")
	for _, status := range []finding.Status{finding.Fixed, finding.Unchanged} {
		var b strings.Builder
		n := 0
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Status == status {
				if n++; n <= markdownRows {
					b.WriteString(markdownRow(f))
				}
			}
		}
		if n > 0 {
			s.add("\n<details><summary>" + strconv.Itoa(n) + " " + string(status) + "</summary>\n\n| severity | where | finding |\n|---|---|---|\n" + b.String() + "\n</details>\n")
		}
	}
}
