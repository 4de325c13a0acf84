package review

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// ChangeKind says what applying a change does to an object.
type ChangeKind string

const (
	Rejected    ChangeKind = "rejected" // the API server refuses the update
	Recreated   ChangeKind = "recreate" // a tool deletes the object and creates it again
	Deleted     ChangeKind = "deleted"  // only the base has it
	RolledOut   ChangeKind = "rollout"  // the pod template changed
	Scaled      ChangeKind = "scale"    // the number of pods changed, or the range an autoscaler chooses from
	Drifted     ChangeKind = "drift"    // pods keep reading the old settings
	Migrated    ChangeKind = "migrated" // it is written for another apiVersion
	Renamed     ChangeKind = "renamed"  // the object, or its file, has another name
	Created     ChangeKind = "created"  // only the head has it
	Metadata    ChangeKind = "metadata" // something that touches no pod
	NothingDone ChangeKind = "none"     // it is written differently and means the same
)

// changeKinds lists them, the most severe first.
var changeKinds = []ChangeKind{Rejected, Recreated, Deleted, RolledOut, Scaled, Drifted, Migrated, Renamed, Created, Metadata, NothingDone}

// A Change is one object that differs between base and head.
type Change struct {
	Document *manifest.Document // in the head; in the base where it is deleted
	Base     *manifest.Document // nil where it is created
	Set      string
	Kinds    []ChangeKind // the most severe first
	Because  []Because    // in the order of the object's fields
	More     int          // differences that Because leaves out
	// Restarted is how many running pods are replaced, nil where the change
	// touches no pods or their number is not known.
	Restarted *int64
	Messages  []string // one sentence each, lower case, no full stop
	// Stale are the workloads that keep reading the old settings: a drift's.
	Stale []*manifest.Document
	// Why is why the API server refuses it, "" where it does not.
	Why string
	// Look are further reasons for a person to look, among the messages.
	Look  []string
	fewer *[2]int32 // replicas that were lowered: from, to
	// together is the message that a rule's finding says too, "" for none.
	together string
	// Underway says that the cluster has not ended a rollout of it.
	Underway bool
	// Plan is the index of the change's rollout in Result.Plans, -1 for none.
	Plan int
}

// A Because is one field that made a difference.
type Because struct {
	Path     manifest.Path
	From, To string         // as written, "" for nothing and for what is secret
	File     *manifest.File // of the head, or of the base where the object is deleted
	Line     int            // of the field, or of what it was removed from

	of *manifest.Document // that Path leads through: of the base where an item was removed
}

// Field is the path for people: items of a list by their names, and without the
// way to the pod template, which every workload has in common.
//
//	template.spec.containers[web].env[LOG_LEVEL], not spec.template.spec.containers[0].env[3].value
func (b *Because) Field() string {
	p, n := b.Path, (*manifest.Node)(nil)
	if b.of != nil {
		n = b.of.Root
	}
	for i, s := range p {
		if s.Key == "template" && i < len(p)-1 {
			n, p = n.At(p[:i]), p[i:]
			break
		}
	}
	var text strings.Builder
	for i, s := range p {
		list := n
		n = n.At(p[i : i+1])
		name := ""
		if s.IsIndex() && list != nil {
			name = nameOf(n)
		}
		switch {
		case name != "":
			text.WriteString("[" + name + "]")
		case !s.IsIndex() && i == len(p)-1 && s.Key == "value" && i > 1 && p[i-1].IsIndex() && p[i-2].Key == "env":
		default:
			if hop := p[i : i+1].String(); i > 0 && !strings.HasPrefix(hop, "[") {
				text.WriteString("." + hop)
			} else {
				text.WriteString(hop)
			}
		}
	}
	return text.String()
}

// nameOf is what an item of a list is called, "" where nothing names it.
func nameOf(item *manifest.Node) string {
	for _, key := range mergeKeys {
		if key == "key" || key == "secretRef" {
			continue
		}
		if v := item.Get(key); v != nil && v.Text != "" && len(v.Text) < 80 && v.Kind != manifest.Mapping && v.Kind != manifest.Sequence {
			return v.Text
		}
	}
	return ""
}

// Kind is the most severe of the change's kinds.
func (c *Change) Kind() ChangeKind { return c.Kinds[0] }

// Is reports whether the change is of the kind, among others.
func (c *Change) Is(k ChangeKind) bool { return slices.Contains(c.Kinds, k) }

// add gives the change a kind, in its place.
func (c *Change) add(k ChangeKind) {
	if !c.Is(k) {
		c.Kinds = append(c.Kinds, k)
		slices.SortFunc(c.Kinds, func(a, b ChangeKind) int { return slices.Index(changeKinds, a) - slices.Index(changeKinds, b) })
	}
}

func (c *Change) say(message string) {
	if message != "" && !slices.Contains(c.Messages, message) {
		c.Messages = append(c.Messages, message)
	}
}

// warn is say for what a person should look at.
func (c *Change) warn(message string) {
	c.say(message)
	c.Look = append(c.Look, message)
}

// refuse says that the API server refuses the change.
func (c *Change) refuse(why string) {
	c.add(Rejected)
	c.say(why)
	if c.Why == "" {
		c.Why = why
	}
}

// IsWorkload reports whether the change is one of pods: what restarts, or how
// many there are.
func (c *Change) IsWorkload() bool {
	return c.Is(RolledOut) || c.Is(Scaled) || c.Is(Recreated)
}
