package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // so that the zones do not depend on the machine

	"github.com/robfig/cron/v3"

	"github.com/rollcast/rollcast/manifest"
)

// checkCron: a schedule as the CronJob controller reads it. The parser panics
// at some texts, which the server answers with an error too.
func checkCron(k *call) {
	if err := parseCron(k.node.Text); err != nil {
		k.fail(k.node, "%s %s must be a cron schedule such as \"*/5 * * * *\": %v", k.name(k.node), quoted(k.node), err)
	}
}

func parseCron(s string) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("it cannot be read")
		}
	}()
	_, err = cron.ParseStandard(s)
	return err
}

// checkTimeZone: a name of the time zone database.
func checkTimeZone(k *call) {
	if _, err := time.LoadLocation(k.node.Text); err != nil {
		k.fail(k.node, "%s %s must be a time zone such as Europe/Berlin", k.name(k.node), quoted(k.node))
	}
}

// checkAscending: no number of a list is smaller than the one before it.
func checkAscending(k *call) {
	for i := 1; i < len(k.node.Items); i++ {
		before, n := k.node.Items[i-1], k.node.Items[i]
		if before.Kind != manifest.Int || n.Kind != manifest.Int {
			return
		}
		if last, err := strconv.ParseInt(before.Text, 10, 64); err == nil && compareNumber(n.Text, last) < 0 {
			k.fail(n, "%s must be in ascending order: %s is after %s", k.name(k.node), n.Text, before.Text)
			return
		}
	}
}

// number is the integer of a slot; ok is false where there is none.
func (s slot) number() (int64, bool) {
	v := s.value()
	n, err := strconv.ParseInt(v.text, 10, 64)
	return n, err == nil && v.kind == manifest.Int
}

// checkIndexedName: the pods of an Indexed Job are named after it and their
// index, and those names must be DNS labels.
//
// Example: with 1000 completions the last pod is NAME-999, so that the name may
// have 59 characters.
func checkIndexedName(k *call) {
	name := k.get("metadata.name")
	completions, ok := k.get("spec.completions").number()
	mode := k.get("spec.completionMode").value()
	if name.node == nil || !ok || completions <= 0 || mode.text != "Indexed" {
		return
	}
	last := fmt.Sprintf("%s-%d", name.node.Text, completions-1)
	if len(last) > 63 || strings.Contains(last, ".") {
		k.fail(name.node, "the last pod of the Job would be named %s, which is no DNS label of at most 63 characters", quote(last))
	}
}

// unknownUID stands for the uid that the server will give.
const unknownUID = "\x00uid"

var (
	uidLabels  = []string{"controller-uid", "batch.kubernetes.io/controller-uid"}
	nameLabels = []string{"job-name", "batch.kubernetes.io/job-name"}
)

// checkJobSelector: with manualSelector a Job's selector selects the labels of
// its template. Without, the server labels the pods with the Job's uid and name,
// and the selector must select those labels alone.
func checkJobSelector(k *call) {
	selector := k.get("spec.selector")
	labels := k.get("spec.template.metadata.labels").node
	if k.get("spec.manualSelector").value().text == "true" {
		if selector.node == nil || k.c.anyFaulty(selector.node) || labels != nil && k.c.anyFaulty(labels) {
			return
		}
		where, _ := k.nearest("spec.template.metadata.labels")
		if reason := unselected(selector.node, labels); reason != "" && where != nil {
			k.failAs("value", where, nil, "the selector does not match the labels of the template: %s", reason)
		}
		return
	}
	if selector.node == nil || selector.node.Kind != manifest.Mapping || k.c.anyFaulty(selector.node) {
		return
	}
	made := &manifest.Node{Kind: manifest.Mapping}
	name := textOf(k.get("metadata.name").node)
	if name == "" {
		name = unknownUID + " name"
	}
	for _, key := range slices.Concat(uidLabels, nameLabels) {
		v := unknownUID
		if slices.Contains(nameLabels, key) {
			v = name
		}
		made.Pairs = append(made.Pairs, manifest.Pair{
			Key:   &manifest.Node{Kind: manifest.String, Text: key},
			Value: &manifest.Node{Kind: manifest.String, Text: v},
		})
	}
	if unselected(selector.node, made) != "" {
		k.fail(selector.node, "the server makes the selector of a Job unless manualSelector is true, and this one does not select what it makes")
	}
}

// checkSuccessPolicy: the indexes of each rule are numbers and intervals in
// increasing order, below completions, and no more of them have to succeed than
// there are (batch/validation.validateIndexesFormat).
//
// Example: with 10 completions "0,2-4" is four indexes, and "4,2" and "8-10"
// are refused.
func checkSuccessPolicy(k *call) {
	completions, ok := k.get("completions").number()
	rules := k.get("successPolicy.rules").node
	if !ok || rules == nil {
		return
	}
	for _, rule := range rules.Items {
		indexes := rule.Get("succeededIndexes")
		if indexes == nil || indexes.Kind != manifest.String || k.c.isFaulty(indexes) {
			continue
		}
		total, reason := countIndexes(indexes.Text, completions)
		if reason != "" {
			k.fail(indexes, "succeededIndexes %s is no list such as \"0,2-4\": %s", quoted(indexes), reason)
			continue
		}
		if n := rule.Get("succeededCount"); n != nil && n.Kind == manifest.Int && compareNumber(n.Text, total) > 0 {
			k.fail(n, "succeededCount %s is above the %d indexes of succeededIndexes", n.Text, total)
		}
	}
}

// countIndexes is how many indexes a text lists, or why it cannot be read.
func countIndexes(text string, completions int64) (total int64, reason string) {
	if text == "" {
		return 0, ""
	}
	last := int64(-1)
	first := true
	for _, part := range strings.Split(text, ",") {
		from, to, interval := strings.Cut(part, "-")
		x, err := strconv.Atoi(from)
		y := x
		if err == nil && interval {
			y, err = strconv.Atoi(to)
		}
		switch {
		case err != nil:
			return 0, fmt.Sprintf("%s is no index", quote(part))
		case int64(x) >= completions || int64(y) >= completions:
			return 0, fmt.Sprintf("%s is not below the %d completions", part, completions)
		case interval && x >= y || !first && int64(x) <= last:
			return 0, fmt.Sprintf("%s is not in increasing order", part)
		}
		total += int64(y-x) + 1
		last, first = int64(y), false
	}
	return total, ""
}
