package report

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

const (
	becauseEach = 4  // reasons shown for one object
	messageEach = 4  // messages shown for one object
	changesMost = 20 // objects shown that touch no pods
)

// reviewChangeText is a review with a base for someone who has a minute: the
// verdict and its reason; what is refused, deleted or left half-done; what
// restarts and why; how low each rollout goes and what it costs; a bad image;
// what is newly found. Time comes last, steps on demand.
func reviewChangeText(w io.Writer, r *review.Result, o Options) error {
	p := newPage(o)
	p.judgedAs(r, "verdict: "+string(r.Verdict), verdictStyle(r.Verdict))
	p.verdictReasons(r)
	if p.Quiet {
		for _, ch := range r.Changes {
			p.changeLine(ch)
		}
		for _, f := range newFindings(r) {
			p.finding(f)
		}
		return p.flush(w)
	}
	p.blank()
	p.indented(0, bold, changeSummary(r))

	for _, s := range []struct {
		title string
		list  []*review.Change
	}{
		{"the API server will refuse", ofKind(r, review.Rejected)},
		{"deleted", ofKind(r, review.Deleted, review.Recreated)},
	} {
		p.changes(r, s.title, s.list)
		p.refusals(r, s.list)
	}
	shown := 0
	for _, ch := range rollouts(r) {
		if rp := &r.Plans[ch.Plan]; shown < workloadsMost || p.Verbose {
			p.rollout(r, ch, rp)
		}
		shown++
	}
	if left := shown - workloadsMost; left > 0 && !p.Verbose {
		p.blank()
		p.indented(0, dim, "and "+count(left, "more rollout", "more rollouts")+" (-v)")
	}
	p.changes(r, "pods keep the old settings", ofKind(r, review.Drifted))
	p.changes(r, "also changed", quiet(r))
	p.combined(r)
	p.newFindings(r)
	p.blank()
	p.line(findingSummary(r))
	return p.flush(w)
}

// workloadsMost is how many rollouts are shown in full.
const workloadsMost = 12

// changeSummary is what a change does, in one line: the pods that restart, or
// that none does.
func changeSummary(r *review.Result) string {
	var restarted int64
	workloads, unknown, scaled, others := 0, 0, 0, 0
	for _, ch := range r.Changes {
		switch {
		case ch.Is(review.Rejected):
		case ch.Restarted != nil && *ch.Restarted > 0:
			restarted += *ch.Restarted
			workloads++
		case ch.Is(review.RolledOut) && ch.Restarted == nil:
			unknown++
		case ch.Kind() == review.Scaled && ch.Plan >= 0:
			scaled++
		case !ch.Is(review.NothingDone):
			others++
		}
	}
	text := "against " + clean(r.Base) + ": "
	switch {
	case len(r.Changes) == 0:
		return text + "nothing changes"
	case workloads == 0 && unknown == 0:
		text += "nothing restarts"
	case workloads == 0:
		text += "restarts " + count(unknown, "workload", "workloads")
	default:
		text += "restarts " + pods(restarted) + " in " + count(workloads, "workload", "workloads")
		if unknown > 0 {
			text += ", and " + count(unknown, "workload", "workloads") + " on every node"
		}
	}
	if n := len(ofKind(r, review.Rejected)); n > 0 {
		text += ", " + count(n, "object is", "objects are") + " refused"
	}
	if scaled > 0 {
		text += ", " + count(scaled, "workload scales", "workloads scale")
	}
	if others > 0 {
		text += ", " + count(others, "other object changes", "other objects change")
	}
	return text
}

// ofKind are the changes whose most severe kind is one of the kinds.
func ofKind(r *review.Result, kinds ...review.ChangeKind) []*review.Change {
	var list []*review.Change
	for _, ch := range r.Changes {
		if slices.Contains(kinds, ch.Kind()) {
			list = append(list, ch)
		}
	}
	return list
}

// rollouts are the changes of pods that have a plan, those that need a look
// first.
func rollouts(r *review.Result) []*review.Change {
	var list []*review.Change
	for _, ch := range r.Changes {
		if ch.Plan >= 0 && (ch.Kind() == review.RolledOut || ch.Kind() == review.Scaled || goesOn(ch)) {
			list = append(list, ch)
		}
	}
	slices.SortStableFunc(list, func(a, b *review.Change) int { return cmp.Compare(trouble(r, b), trouble(r, a)) })
	return list
}

// goesOn says that a rollout is under way in the cluster and that the change does
// nothing to it: its end is shown all the same.
func goesOn(ch *review.Change) bool {
	return ch.Plan >= 0 && ch.Underway && (ch.Kind() == review.Metadata || ch.Kind() == review.NothingDone)
}

func trouble(r *review.Result, ch *review.Change) int {
	rp := &r.Plans[ch.Plan]
	switch {
	case rp.Plan == nil:
		return 2
	case rp.Plan.Outcome == planner.Stalled || rp.Plan.Outcome == planner.Failed:
		return 3
	case !untroubled(rp) || len(ch.Look) > 0:
		return 1
	}
	return 0
}

// quiet are the changes that no other section shows.
func quiet(r *review.Result) []*review.Change {
	var list []*review.Change
	for _, ch := range r.Changes {
		if goesOn(ch) {
			continue
		}
		switch ch.Kind() {
		case review.Rejected, review.Recreated, review.Deleted, review.Drifted:
		case review.RolledOut, review.Scaled:
			if ch.Plan < 0 {
				list = append(list, ch)
			}
		case review.Migrated, review.Renamed, review.Created, review.Metadata, review.NothingDone:
			list = append(list, ch)
		}
	}
	return list
}

// changes is a section of objects, each with its reasons and messages.
func (p *page) changes(r *review.Result, title string, list []*review.Change) {
	if len(list) == 0 {
		return
	}
	p.blank()
	p.line(p.paint(bold, title))
	told := map[string]bool{} // a sentence is said once in a section
	for i, ch := range list {
		if i == changesMost && !p.Verbose {
			p.indented(2, dim, "and "+count(len(list)-i, "more object", "more objects")+" (-v)")
			return
		}
		starts := ""
		if (ch.Kind() == review.Created || ch.Kind() == review.Renamed) && ch.Plan >= 0 && r.Plans[ch.Plan].Plan != nil {
			starts = " · " + starting(r.Plans[ch.Plan].Plan.Replicas.To)
		}
		p.line("  ", p.paint(kindStyle(ch.Kind()), kindWord(ch)), " ", p.workloadName(ch.Document), starts)
		p.because(ch)
		p.messages(messageStyle(ch), slices.DeleteFunc(slices.Clone(ch.Messages), func(m string) bool { return told[m] }))
		for _, m := range ch.Messages {
			told[m] = true
		}
	}
}

// kindWord is the change in one word, or two where the second says more. What is
// refused does nothing else.
func kindWord(ch *review.Change) string {
	if ch.Is(review.Rejected) {
		return string(review.Rejected)
	}
	var words []string
	for _, k := range ch.Kinds {
		if k == review.Metadata { // which touches no pod: data of a ConfigMap, too
			words = append(words, "changed")
			continue
		}
		if k == review.NothingDone {
			words = append(words, "written differently")
			continue
		}
		words = append(words, string(k))
	}
	return strings.Join(words, ", ")
}

func kindStyle(k review.ChangeKind) style {
	switch k {
	case review.Rejected:
		return boldRed
	case review.Recreated, review.Deleted, review.Drifted:
		return yellow
	case review.RolledOut, review.Scaled, review.Migrated, review.Renamed, review.Created, review.Metadata, review.NothingDone:
		return plain
	}
	return plain
}

// messageStyle tells what a person has to act on from what is good to know.
func messageStyle(ch *review.Change) style {
	if kindStyle(ch.Kind()) != plain {
		return plain
	}
	return dim
}

// because lists the fields that made the difference.
func (p *page) because(ch *review.Change) {
	most := len(ch.Because)
	if !p.Verbose {
		most = min(most, becauseEach)
	}
	for i := range ch.Because[:most] {
		b := &ch.Because[i]
		text := clean(b.Field())
		if d := fromTo(b, 60); d != "" {
			text += ": " + d
		}
		p.labelled("", 4, 0, plain, text+" ("+clean(b.File.Name)+":"+strconv.Itoa(b.Line)+")")
	}
	if left := len(ch.Because) - most + ch.More; left > 0 {
		p.indented(4, dim, "and "+count(left, "more field", "more fields"))
	}
}

// repeated is from how many bytes on the beginning of a value that stays as it
// was, such as an image's registry, is not written twice.
const repeated = 12

// unbroken is how many bytes of an old and a new value stay on one line.
const unbroken = 50

// fromTo is what a field was and is.
func fromTo(b *review.Because, most int) string {
	from, to := clean(b.From), clean(b.To)
	same := common(from, to, "/ ")
	if max(len(from), len(to))-same > most-len("…") { // what differs must be seen
		same = common(from, to, "/ :@=,.-_")
	}
	switch {
	case same == 0:
	case len(from) > most || len(to) > most:
		from, to = "…"+from[same:], "…"+to[same:]
	case same >= repeated:
		to = "…" + to[same:]
	}
	from, to = cut(from, most), cut(to, most)
	switch {
	case from == "" && to == "":
		return ""
	case from == "":
		return "now " + to
	case to == "":
		return "no longer " + from
	}
	if len(from)+len(to) < unbroken {
		return from + noBreak + "→" + noBreak + to
	}
	return from + " → " + to
}

// common is how much of two texts is alike, up to one of the marks: of an image
// the end counts.
func common(a, b, marks string) int {
	n := 0
	for i := 0; i < len(a) && i < len(b) && a[i] == b[i]; i++ {
		if strings.IndexByte(marks, a[i]) >= 0 {
			n = i + 1
		}
	}
	return n
}

func (p *page) messages(st style, list []string) {
	for i, m := range list {
		if i == messageEach && !p.Verbose {
			p.indented(4, dim, "and "+count(len(list)-i, "more note", "more notes")+" (-v)")
			return
		}
		p.indented(4, st, clean(m))
	}
}

// rollout is the screen of one workload.
func (p *page) rollout(r *review.Result, ch *review.Change, rp *review.Plan) {
	p.blank()
	p.line(p.paint(bold, clean(ch.Document.Label())), p.paint(dim, " · "+clean(ch.Document.File.Name)+":"+strconv.Itoa(startLine(ch.Document))), " · ", p.paint(bold, restarts(ch, rp)))
	p.because(ch)
	p.messages(dim, ch.Messages)
	if rp.Plan == nil {
		p.entry("no plan", yellow, clean(rp.NoPlan))
		return
	}
	if p.Verbose {
		p.blank()
		p.steps(rp, stepsWithReasons)
		p.blank()
	}
	if ch.Is(review.RolledOut) {
		arithmetic, bounds := strategyTexts(rp.Plan)
		p.entry("strategy", plain, arithmetic+": "+bounds)
	}
	p.prospects(rp)
	found := newOf(r, ch.Document)
	p.hazards(slices.DeleteFunc(untold(rp, found), func(h planner.Hazard) bool { return h.Hazard == planner.HazardOldVersionFirst })) // a message says it
	if len(found) > 0 {
		p.someFindings(found, findingsEach)
		p.blank()
	}
	p.duration(rp.Plan)
}

// lowestOfChange is lowest, but for a rollout that only raises the number: it
// never has fewer pods than before.
func (p *page) lowestOfChange(rp *review.Plan) {
	if rp.Plan.Strategy.Job {
		p.jobEnding(rp)
		return
	}
	if raised(rp.Plan) {
		p.entry("lowest", plain, thousands(rp.Plan.MinAvailable)+" available, as many as before")
		return
	}
	p.lowest(rp)
}

func raised(plan *planner.Plan) bool {
	from := int64(plan.Replicas.From)
	return plan.Replicas.From < plan.Replicas.To && plan.MinAvailable >= from
}

// restarts is what happens to a workload's pods, in a few words.
func restarts(ch *review.Change, rp *review.Plan) string {
	var words []string
	switch {
	case rp.Plan != nil && rp.Plan.Replicas.From == 0 && (ch.Kind() == review.Created || ch.Kind() == review.Renamed):
		return kindWord(ch) + ", " + starting(rp.Plan.Replicas.To)
	case ch.Restarted != nil && *ch.Restarted > 0:
		words = append(words, "restarts "+pods(*ch.Restarted))
	case ch.Restarted != nil:
		words = append(words, "nothing restarts")
	case ch.Is(review.RolledOut):
		words = append(words, "restarts its pods")
	}
	if rp.Plan != nil && rp.Plan.Replicas.From != rp.Plan.Replicas.To {
		words = append(words, "scales from "+thousands(int64(rp.Plan.Replicas.From))+" to "+thousands(int64(rp.Plan.Replicas.To)))
	}
	if len(words) == 0 && goesOn(ch) {
		return "its rollout goes on"
	}
	if len(words) == 0 {
		return kindWord(ch)
	}
	return strings.Join(words, ", ")
}

// changeLine is a change in one line.
func (p *page) changeLine(ch *review.Change) {
	d := ch.Document
	text := ""
	if len(ch.Messages) > 0 {
		text = ": " + ch.Messages[0]
	} else if len(ch.Because) > 0 {
		text = ": " + ch.Because[0].Path.String()
	}
	p.line(p.paint(bold, clean(d.File.Name)+":"+strconv.Itoa(startLine(d))+":"), " ", clean(d.Label()), ": ", p.paint(kindStyle(ch.Kind()), kindWord(ch)), clean(text))
}

// newFindings are the findings that the change brings, but for those that the
// API server refuses, which the changes tell.
func newFindings(r *review.Result) []*finding.Finding {
	refused := map[*manifest.Document]bool{}
	for _, ch := range r.Changes {
		if ch.Is(review.Rejected) {
			refused[ch.Document] = true
		}
	}
	var list []*finding.Finding
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Status == finding.New && f.Rule != "schema/immutable" && !(f.Severity == finding.Error && review.IsServerRule(f.Rule) && refused[f.Document]) {
			list = append(list, f)
		}
	}
	gravestFirst(list)
	return list
}

// newOf are the new findings of one workload.
func newOf(r *review.Result, d *manifest.Document) []*finding.Finding {
	return slices.DeleteFunc(newFindings(r), func(f *finding.Finding) bool { return f.Document != d })
}

// newFindings is the section of new findings that stand beside no rollout.
func (p *page) newFindings(r *review.Result) {
	beside := map[*manifest.Document]bool{}
	for i, ch := range rollouts(r) {
		beside[ch.Document] = r.Plans[ch.Plan].Plan != nil && (i < workloadsMost || p.Verbose)
	}
	list := slices.DeleteFunc(newFindings(r), func(f *finding.Finding) bool { return f.Document != nil && beside[f.Document] })
	p.findings("newly found", list, findingsEach)
	if p.Verbose {
		for _, s := range []finding.Status{finding.Unchanged, finding.Fixed} {
			var old []*finding.Finding
			for i := range r.Findings {
				if r.Findings[i].Status == s {
					old = append(old, &r.Findings[i])
				}
			}
			p.findings(string(s), old, len(old))
		}
	}
}

// findingSummary counts what is new, fixed and unchanged.
func findingSummary(r *review.Result) string {
	n := map[finding.Status]int{}
	for i := range r.Findings {
		n[r.Findings[i].Status]++
	}
	text, listed := "no new findings", len(newFindings(r))
	if listed > 0 {
		text = count(listed, "new finding", "new findings")
	}
	if n[finding.New] > listed {
		text += " besides what the API server refuses"
	}
	if n[finding.Fixed] > 0 {
		text += ", " + strconv.Itoa(n[finding.Fixed]) + " fixed"
	}
	if n[finding.Unchanged] > 0 {
		text += ", " + strconv.Itoa(n[finding.Unchanged]) + " unchanged"
	}
	if s := r.Summary.Suppressed; s > 0 {
		text += ", " + strconv.Itoa(s) + " suppressed"
	}
	return text
}

// refusals are the places at which the API server refuses new objects.
func (p *page) refusals(r *review.Result, list []*review.Change) {
	refused := map[*manifest.Document]bool{}
	for _, ch := range list {
		refused[ch.Document] = ch.Is(review.Rejected)
	}
	var found []*finding.Finding
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Status == finding.New && f.Severity == finding.Error && f.Rule != "schema/immutable" && review.IsServerRule(f.Rule) && f.Document != nil && refused[f.Document] {
			found = append(found, f)
		}
	}
	p.someFindings(found, findingsEach)
}
