package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// details are the rollouts step by step, each in a part that folds.
func (s *sheet) details(r *review.Result) {
	for i := range r.Plans {
		rp := &r.Plans[i]
		if rp.Plan == nil || len(rp.Plan.Steps) < 2 {
			continue
		}
		s.add("\n<details><summary>" + inMarkdown(cut(rp.Document.Label(), markdownName)) + ofMany(r.Plans, i, " ") + ": " + stepCount(rp.Plan) + "</summary>\n\n" +
			fenced("", stepsText(rp)) + chart(rp.Plan) + "\n</details>\n")
	}
}

func stepCount(p *planner.Plan) string { return count(len(p.Steps)-1, "step", "steps") }

// hazards lists the dangers of each rollout that nothing else on the sheet tells.
func (s *sheet) hazards(r *review.Result) {
	dangers := map[*manifest.Document]bool{}
	for i := range r.Plans {
		rp := &r.Plans[i]
		if rp.Plan == nil || dangers[rp.Document] {
			continue
		}
		list := untold(rp, newOf(r, rp.Document))
		if r.Base != "" { // a message of the change says it
			list = slices.DeleteFunc(list, func(h planner.Hazard) bool { return h.Hazard == planner.HazardOldVersionFirst })
		}
		if len(list) == 0 {
			continue
		}
		dangers[rp.Document] = true
		if len(dangers) > markdownNotes {
			s.left++
			continue
		}
		text := "\n⚠️ **" + inMarkdown(cut(rp.Document.Label(), markdownName)) + "**: what its rollout meets\n"
		for _, h := range list {
			text += "- step " + strconv.Itoa(h.Step) + ": " + markdownSentence(cut(h.Message, markdownMessage)) + " (" + markdownCode(cut(h.Field, markdownName)) + ")\n"
		}
		s.add(text)
	}
}

// stepsText is what a terminal shows of a rollout.
func stepsText(rp *review.Plan) string {
	p := newPage(Options{Width: markdownWidth})
	arithmetic, bounds := strategyTexts(rp.Plan)
	p.indented(0, plain, arithmetic)
	p.indented(0, plain, bounds)
	p.blank()
	p.steps(rp, stepsWithLegend)
	p.blank()
	p.prospects(rp)
	p.duration(rp.Plan)
	return strings.ReplaceAll(p.text.String(), noBreak, " ")
}

// fenced is text as a block of code. The fence is longer than any run of
// backquotes in it.
func fenced(language, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + strings.TrimRight(text, "\n") + "\n" + fence + "\n"
}

// chartSteps is how many steps a chart can show and still be read.
const chartSteps = 40

// chart is the pods of a rollout over its steps, for Mermaid: bars for all pods,
// a line for those that are available.
func chart(plan *planner.Plan) string {
	if len(plan.Steps) > chartSteps {
		return ""
	}
	var steps, pods, available []string
	for _, step := range plan.Steps {
		steps = append(steps, strconv.Itoa(step.Index))
		pods = append(pods, strconv.FormatInt(step.Pods+step.Terminating, 10))
		available = append(available, strconv.FormatInt(step.Available, 10))
	}
	text := "xychart-beta\n" +
		"  title \"pods (bars, terminating ones included) and available pods (line) by step\"\n" +
		"  x-axis [" + strings.Join(steps, ", ") + "]\n" +
		"  y-axis \"pods\" 0 --> " + strconv.FormatInt(max(1, plan.PeakPodsWithTerminating), 10) + "\n" +
		"  bar [" + strings.Join(pods, ", ") + "]\n" +
		"  line [" + strings.Join(available, ", ") + "]"
	return "\n" + fenced("mermaid", text)
}
