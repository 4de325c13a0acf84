package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// joins says what a changed workload means for the objects it is joined with.
func (c *comparison) joins(ch *Change, p pairing) {
	if p.base == nil || p.head == nil {
		return
	}
	old, now := c.before.subjectOf(p.base, p.set), c.after.subjectOf(p.head, p.set)
	if old == nil || now == nil {
		return
	}
	was, is := joinedWith(old.workload), joinedWith(now.workload)
	for _, d := range was {
		still := c.heads[d]
		if still == nil || slices.Contains(is, still) || !ch.Is(RolledOut) {
			continue
		}
		switch d.Kind {
		case "Service":
			ch.warn(fmt.Sprintf("%s no longer selects the new pods: it loses its endpoints as the old ones go", d.Label()))
		case "PodDisruptionBudget":
			ch.warn(fmt.Sprintf("%s no longer selects the new pods: nothing protects them from a drain", d.Label()))
		}
	}
	c.replicas(ch, old.workload, now.workload)
	ch.releases(old.workload, now.workload)
	ch.drifted(old.workload, now.workload)
	if from, to := old.workload.Replicas, now.workload.Replicas; from.Declared != nil && to.Declared != nil && *to.Declared < *from.Declared {
		ch.fewer = &[2]int32{*from.Declared, *to.Declared}
	} else if ch.Is(Scaled) && to.Effective < from.Effective && len(now.workload.Autoscalers) == 0 {
		ch.fewer = &[2]int32{from.Effective, to.Effective}
	}
	if s := now.workload.Strategy; s != nil && old.workload.Strategy != nil && s.Type != old.workload.Strategy.Type && s.Type == "Recreate" {
		if !ch.Is(RolledOut) {
			ch.say("from the next rollout on, all old pods stop before the first new one starts")
		}
		ch.say(fmt.Sprintf("kubectl apply and Helm accept the change to Recreate; server-side apply (Flux, Argo CD) refuses it while the live object has rollingUpdate: "+
			"first run `kubectl patch %s %s%s --type merge -p '{\"spec\":{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}}'`", strings.ToLower(p.head.Kind), p.head.Name, inNamespace(p.head)))
	}
}

// replicas says how what the manifest says and an autoscaler get along.
func (c *comparison) replicas(ch *Change, old, now *workload.Workload) {
	if len(now.Autoscalers) == 0 {
		return
	}
	a := now.Autoscalers[0]
	declared := now.Replicas.Declared
	switch {
	case declared == nil && old.Replicas.Declared != nil:
		ch.add(Scaled)
		ch.warn(fmt.Sprintf("spec.replicas is no longer written: the first kubectl apply without it sets it to 1, until %s puts it back to %d or more; "+
			"to avoid that, remove it from the live object's last-applied annotation first (`kubectl apply edit-last-applied %s %s%s`)",
			a.Document.Label(), a.MinReplicas, strings.ToLower(now.Document.Kind), now.Document.Name, inNamespace(now.Document)))
	case declared != nil:
		ch.say(fmt.Sprintf("%s keeps between %d and %d pods, and each apply of spec.replicas sets them to %d again", a.Document.Label(), a.MinReplicas, a.MaxReplicas, *declared))
	}
}

// settings says of a changed ConfigMap or Secret who reads it, and who keeps
// reading the old values.
func (c *comparison) settings(ch *Change) {
	d := ch.Document
	if d.Kind != "ConfigMap" && d.Kind != "Secret" || d.APIVersion != "v1" || ch.Is(Created) && ch.Base == nil {
		return
	}
	keys := changedKeys(ch)
	name := d.Name
	if ch.Is(Renamed) && ch.Base != nil {
		name = ch.Base.Name
	}
	readers := 0
	for _, s := range c.now.Sets {
		if s.Name != ch.Set {
			continue
		}
		for _, w := range s.Documents {
			if w.Namespace != d.Namespace {
				continue
			}
			if r, ok := readings(w, d.Kind, name); ok {
				readers++
				c.reader(ch, &r, keys)
			}
			if _, ok := readings(w, d.Kind, d.Name); ok && name != d.Name {
				readers++
				ch.say(w.Label() + " reads it under its new name, which is a new template")
			}
		}
	}
	if readers == 0 && len(keys) > 0 && !ch.Is(Deleted) {
		ch.say("no workload of the set reads it")
	}
}

// reader says what one workload makes of the change.
func (c *comparison) reader(ch *Change, r *reading, keys []string) {
	w := r.workload
	kind, _ := workload.KindOf(w.APIVersion, w.Kind)
	own := c.changeOf(w)
	switch {
	case ch.Is(Deleted), ch.Is(Renamed) && ch.Base != nil && ch.Base.Name != ch.Document.Name:
		ch.warn(fmt.Sprintf("%s still reads %s: new pods cannot start once it is gone", w.Label(), ch.Base.Name))
	case len(keys) == 0:
	case kind == workload.Job || kind == workload.CronJob:
		ch.say(fmt.Sprintf("%s reads it: the next run has the new values", w.Label()))
	case own != nil && own.Is(RolledOut) && own.Restarted == nil, own != nil && own.Is(RolledOut) && !own.Is(Rejected):
		ch.say(fmt.Sprintf("%s restarts in this change and reads the new values; its pods that start before may read either", w.Label()))
	case reloaded(w, ch.Document.Kind):
		ch.say(fmt.Sprintf("%s asks a reloader by annotation to restart it when this changes", w.Label()))
	default:
		stale, by := r.stale(keys)
		if len(stale) > 0 {
			ch.add(Drifted)
			ch.Stale = append(ch.Stale, w)
			ch.say(fmt.Sprintf("%s reads %s by %s and does not restart: its running pods keep the old values, and pods that start later have the new ones (`kubectl rollout restart %s/%s%s`, or a checksum annotation in the template)",
				w.Label(), someOf(stale), by, strings.ToLower(w.Kind), w.Name, inNamespace(w)))
		}
		if r.mounted {
			ch.say(fmt.Sprintf("%s mounts it: the files in its pods follow by themselves within a minute or two", w.Label()))
		}
	}
}

// changeOf is the change of a document of the head, nil for none.
func (c *comparison) changeOf(d *manifest.Document) *Change {
	for _, ch := range c.changes {
		if ch.Document == d {
			return ch
		}
	}
	return nil
}

// changedKeys are the keys whose values differ, sorted.
func changedKeys(ch *Change) []string {
	var keys []string
	for _, b := range ch.Because {
		switch {
		case len(b.Path) == 0:
		case b.Path[0].Key != "data" && b.Path[0].Key != "binaryData" && b.Path[0].Key != "stringData":
		case len(b.Path) > 1:
			keys = append(keys, b.Path[1].Key)
		default: // the whole map came or went
			for _, d := range []*manifest.Document{ch.Base, ch.Document} {
				if n := d.Root.At(b.Path); n != nil {
					for _, p := range n.Pairs {
						keys = append(keys, p.Key.Text)
					}
				}
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// someOf names the first of a list of words.
func someOf(words []string) string {
	const most = 3
	if len(words) <= most {
		return strings.Join(words, ", ")
	}
	return fmt.Sprintf("%s and %d more keys", strings.Join(words[:most], ", "), len(words)-most)
}
