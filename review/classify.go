package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema"
	"github.com/rollcast/rollcast/schema/kinds"
	"github.com/rollcast/rollcast/workload"
)

// classify says of every pair what applying it does.
func (c *comparison) classify() {
	for _, p := range c.pairs {
		if ch := c.change(p); ch != nil {
			c.changes, c.of = append(c.changes, ch), append(c.of, p)
		}
	}
	c.byDocument()
	for i, ch := range c.changes {
		c.joins(ch, c.of[i])
	}
	for _, ch := range c.changes {
		c.settings(ch)
		switch {
		case len(ch.Kinds) == 0:
			ch.add(NothingDone)
		case len(ch.Kinds) > 1: // everything that is more says so
			ch.Kinds = slices.DeleteFunc(ch.Kinds, func(k ChangeKind) bool { return k == Metadata })
		}
	}
}

// change is what happens to one object, nil where nothing is to be said of it.
func (c *comparison) change(p pairing) *Change {
	ch := &Change{Document: p.head, Base: p.base, Set: p.set, Plan: -1}
	switch {
	case p.head == nil:
		ch.Document, ch.Base = p.base, p.base
		ch.add(Deleted)
		c.deletion(ch)
		return ch
	case p.base == nil:
		ch.add(Created)
		c.refusal(ch, p)
		return ch
	}
	c.rename(ch, p)
	o := c.options.schema()
	a, b := schema.Complete(p.base, p.head.APIVersion, o), schema.Complete(p.head, "", o)
	if p.head.Kind == "Secret" {
		a, b = withoutStringData(a), withoutStringData(b)
	}
	found, more := diff(a, b)
	found = slices.DeleteFunc(found, func(x difference) bool { return c.ownedByServer(p, x) })
	c.migration(ch, p)
	c.fields(ch, p, found)
	ch.More += more
	refused := c.refusal(ch, p)
	if _, again := forced(p.head); !refused || !again {
		c.refuseUpdate(ch, p, immutables(p.head, a, b, found))
	}
	if len(found) > 0 && len(ch.Kinds) == 0 {
		ch.add(Metadata)
	}
	if !ch.Is(RolledOut) && !slices.ContainsFunc(found, func(x difference) bool { return below(x.path, "spec") }) {
		sameTag(ch, b) // whoever changes something else expects no new image
	}
	if message := c.underway[p.base].said(); message != "" {
		if ch.Underway = true; ch.IsWorkload() {
			ch.warn(message)
		} else {
			ch.say(message)
		}
	}
	return ch
}

// rename says which name changed: the object's, or that of its file.
func (c *comparison) rename(ch *Change, p pairing) {
	was := p.base.File.Name
	switch {
	case p.renamed:
		ch.add(Renamed)
		message := fmt.Sprintf("%s becomes %s: apply creates the new one, and the old one stays until it is pruned or deleted by hand", p.base.Label(), p.head.Label())
		if _, makesPods := TemplatePath(p.head); makesPods {
			message += ", so the pods of both run side by side"
		}
		ch.say(message)
	case was == p.head.File.Name, c.base.Elsewhere, p.head.File.Stdin, p.base.File.Stdin:
	case slices.ContainsFunc(c.head.Files, func(f *manifest.File) bool { return f.Name == was }):
		ch.say("it stood in " + was + " before; for the cluster that changes nothing")
	default:
		ch.add(Renamed)
		ch.say("the file was " + was + "; for the cluster that changes nothing")
	}
}

// migration says what changes with the apiVersion alone.
func (c *comparison) migration(ch *Change, p pairing) {
	if p.base.APIVersion == p.head.APIVersion {
		return
	}
	ch.add(Migrated)
	message := fmt.Sprintf("it moves from %s to %s", p.base.APIVersion, p.head.APIVersion)
	ch.say(message)
	if api := kinds.Table.LookupAPI(p.base.APIVersion, p.base.Kind); api != nil && api.Changes != "" && api.Use == p.head.APIVersion {
		message += ": " + api.Changes
		at := manifest.Keys("apiVersion")
		c.found = append(c.found, finding.Finding{
			Rule: ruleDefaultDrift, Severity: finding.Info, Message: message,
			File: p.head.File, Document: p.head, Set: p.set, Path: at, Range: p.head.Range(at),
			Related: []finding.Related{{File: p.base.File, Range: p.base.Range(at), Message: "the base has it so"}},
		})
	}
}

// fields sorts the differences by what they do.
func (c *comparison) fields(ch *Change, p pairing, found []difference) {
	template, makesPods := TemplatePath(p.head)
	kind, _ := workload.KindOf(p.head.APIVersion, p.head.Kind)
	for _, x := range found {
		inTemplate := makesPods && kind != workload.BarePod && x.path.HasPrefix(template)
		switch {
		case p.renamed: // the new object has new pods, and its old ones stay as they are
		case inTemplate:
			ch.add(RolledOut)
			if x.order {
				ch.say(fmt.Sprintf("%s is in another order, which is another template: that alone restarts pods", x.path))
			}
		case x.order && p.head.Kind != "StatefulSet":
		case kind == workload.BarePod && len(x.path) == 4 && below(x.path, "spec.containers") && x.path[3].Key == "image" && x.from != nil && x.to != nil:
			ch.add(RolledOut)
			ch.say("the kubelet restarts the container in place with the new image: the Pod stays, and is not ready meanwhile")
		case below(x.path, "spec.suspend") && (kind == workload.Job || kind == workload.CronJob):
			ch.say(suspension(kind, isTrue(x.to)))
		case below(x.path, "spec.replicas"), below(x.path, "spec.parallelism") && kind == workload.Job:
			ch.add(Scaled)
		case p.head.Kind == "HorizontalPodAutoscaler" && (below(x.path, "spec.minReplicas") || below(x.path, "spec.maxReplicas")):
			ch.add(Scaled)
		case p.head.Kind == "Service" && below(x.path, "spec.selector"):
			ch.say("its selector changes: traffic moves to other pods at once")
		}
		ch.because(p, x)
	}
}

// because names a difference.
func (ch *Change) because(p pairing, x difference) {
	const most = 50
	if len(ch.Because) == most {
		ch.More++
		return
	}
	if !x.order && unwritten(p.base, x.basePath) && unwritten(p.head, x.path) {
		return // a default that went with something else
	}
	b := Because{Path: x.path, File: p.head.File, Line: p.head.KeyRange(x.path).Start.Line, of: p.head}
	if x.order {
		b.From, b.To = orderOf(x.from), orderOf(x.to)
	} else if !p.head.IsSecret(x.path) {
		b.From, b.To = written(p.base, x.basePath, x.from), written(p.head, x.path, x.to)
	}
	if x.to == nil && x.from != nil && len(x.basePath) > len(x.path) {
		b.Path, b.of = x.basePath, p.base // an item that was removed
	}
	ch.Because = append(ch.Because, b)
}

// unwritten reports whether a document says nothing at the path.
func unwritten(d *manifest.Document, p manifest.Path) bool {
	if d.IsSecret(p) {
		return false
	}
	n := d.Root.At(p)
	return n == nil || n.Kind == manifest.Null
}

// refusal adds what the API server finds wrong with the new object itself.
func (c *comparison) refusal(ch *Change, p pairing) bool {
	checked := c.after.checked[p.head]
	if checked == nil || checked.rejection == "" || c.tolerated(p) {
		return false
	}
	ch.refuse(strings.TrimPrefix(checked.rejection, "the API server would reject it: "))
	return true
}

// tolerated reports whether an update is let through in spite of a fault that
// the object in the cluster has too: a CronJob's name or schedule, and the
// template of a StatefulSet (corrections of ValidateCronJobUpdate and
// ValidateStatefulSetUpdate).
func (c *comparison) tolerated(p pairing) bool {
	if p.base == nil {
		return false
	}
	old := c.before.checked[p.base]
	if old == nil || len(old.faults) == 0 {
		return false
	}
	may := []string{}
	switch p.head.Kind {
	case "CronJob":
		may = []string{"metadata.name", "spec.schedule", "spec.timeZone"}
	case "StatefulSet":
		may = []string{"spec.template", "metadata.name", "spec.serviceName", "spec.volumeClaimTemplates"}
	}
	for _, fault := range c.after.checked[p.head].faults {
		if !slices.ContainsFunc(may, func(f string) bool { return below(fault, f) }) ||
			!slices.ContainsFunc(old.faults, func(o manifest.Path) bool { return o.String() == fault.String() }) {
			return false
		}
	}
	return true
}

// refuseUpdate adds what the API server refuses to change, unless the object is
// deleted and created again.
func (c *comparison) refuseUpdate(ch *Change, p pairing, list []immutability) {
	if len(list) == 0 || p.renamed {
		return
	}
	if by, ok := forced(p.head); ok {
		ch.add(Recreated)
		ch.say(fmt.Sprintf("%s deletes it and creates it again, because %s cannot be changed", by, list[0].path))
		return
	}
	for _, m := range list {
		ch.refuse(m.what)
		c.found = append(c.found, finding.Finding{
			Rule: ruleImmutable, Severity: finding.Error, Message: m.what + "; " + m.recipe,
			File: p.head.File, Document: p.head, Set: p.set, Path: m.path, Range: p.head.KeyRange(m.path),
			Related: []finding.Related{{File: p.base.File, Range: p.base.KeyRange(m.path), Message: "the base has it so"}},
		})
	}
	ch.say(list[0].recipe)
}

// sameTag says of a workload whose images are named by a tag that moves that
// applying it does not fetch them again.
func sameTag(ch *Change, b *manifest.Node) {
	template, ok := TemplatePath(ch.Document)
	if !ok || ch.Is(Rejected) || ch.Is(Renamed) {
		return
	}
	for _, c := range items(b.At(template.Append(manifest.Keys("spec", "containers")...))) {
		image := text(c, "image")
		_, tag, tagged := strings.Cut(image[strings.LastIndexByte(image, '/')+1:], ":")
		if image != "" && !strings.Contains(image, "@") && (!tagged || tag == "latest") {
			ch.say(fmt.Sprintf("nothing restarts: image %s is named alike before and after, so running pods keep the one they have", image))
			return
		}
	}
}
