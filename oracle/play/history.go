package play

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/rollcast/rollcast/oracle/apiserver"
)

// A history numbers the ControllerRevisions of a StatefulSet or a DaemonSet as
// they were created. One that was deleted keeps its number.
type history struct {
	known []types.UID
	hash  map[string]int // controller-revision-hash, as pods have it, to revision
}

// A revision is a ControllerRevision that exists.
type revision struct {
	number int // as created, from 1
	object *appsv1.ControllerRevision
}

// revisions lists what exists, oldest first.
func (h *history) revisions(w apiserver.World) []revision {
	if h.hash == nil {
		h.hash = map[string]int{}
	}
	var all []revision
	for _, object := range apiserver.List[*appsv1.ControllerRevision](w, apiserver.ControllerRevisions) {
		i := slices.Index(h.known, object.UID)
		if i < 0 {
			i = len(h.known)
			h.known = append(h.known, object.UID)
		}
		all = append(all, revision{i + 1, object})
		// A StatefulSet's pods are labelled with the revision's name, a
		// DaemonSet's with its hash alone.
		h.hash[object.Name] = i + 1
		h.hash[object.Labels[appsv1.ControllerRevisionHashLabelKey]] = i + 1
	}
	return all
}

// of is the revision that a pod was made from.
func (h *history) of(pod *corev1.Pod) int {
	return h.hash[pod.Labels[appsv1.ControllerRevisionHashLabelKey]]
}

// groups sorts pods by their revisions, also by revisions that are gone.
func (h *history) groups(w apiserver.World, pods []*corev1.Pod) []*group {
	numbers := map[int]*group{}
	for _, r := range h.revisions(w) {
		numbers[r.number] = &group{revision: r.number}
	}
	for _, pod := range pods {
		n := h.of(pod)
		if numbers[n] == nil {
			numbers[n] = &group{revision: n}
		}
		numbers[n].add(pod)
	}
	var all []*group
	for _, g := range numbers {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *group) int { return cmp.Compare(a.revision, b.revision) })
	return all
}

// undoTarget is the template of a revision: that with the second-highest
// number, or one as created. It mirrors kubectl rollout undo.
func (h *history) undoTarget(w apiserver.World, to int) (*corev1.PodTemplateSpec, error) {
	all := h.revisions(w)
	var target *appsv1.ControllerRevision
	if to == 0 {
		if len(all) < 2 {
			return nil, refuse("there is no revision to go back to")
		}
		slices.SortFunc(all, func(a, b revision) int { return cmp.Compare(a.object.Revision, b.object.Revision) })
		target = all[len(all)-2].object
	} else if i := slices.IndexFunc(all, func(r revision) bool { return r.number == to }); i >= 0 {
		target = all[i].object
	} else {
		return nil, refuse(fmt.Sprintf("there is no revision %d", to))
	}
	var patch struct {
		Spec struct{ Template corev1.PodTemplateSpec }
	}
	err := json.Unmarshal(target.Data.Raw, &patch)
	return &patch.Spec.Template, err
}

// A line is a revision of a StatefulSet or DaemonSet in a state.
type line struct {
	*group
	as        int64 // the number that Kubernetes shows, if it is another one
	wanted    int   // pods that the controller will create
	available int
}

// lines are the revisions of a state as CONTRACT.md has them: all that have a
// pod or want one, and the newest.
func (h *history) lines(w apiserver.World, groups []*group) []*line {
	numbers := map[int]int64{}
	newest := 0
	for _, r := range h.revisions(w) {
		numbers[r.number] = r.object.Revision
		newest = max(newest, r.number)
	}
	var all []*line
	for _, g := range groups {
		l := &line{group: g}
		if as := numbers[g.revision]; as != int64(g.revision) {
			l.as = as
		}
		all = append(all, l)
	}
	return all
}

// text writes the lines that say something, in the form of internal/trace.
func text(lines []*line) string {
	var words []string
	for i, l := range lines {
		desired := l.pods() + l.wanted
		if desired == 0 && len(l.terminating) == 0 && i < len(lines)-1 {
			continue
		}
		var b strings.Builder
		b.WriteString(strconv.Itoa(l.revision))
		if l.as != 0 {
			fmt.Fprintf(&b, "as%d", l.as)
		}
		fmt.Fprintf(&b, ":%d/%d/%d", desired, len(l.ready), l.available)
		if n := len(l.waiting); n != desired-len(l.ready) {
			fmt.Fprintf(&b, "~%d", n)
		}
		if n := len(l.terminating); n > 0 {
			fmt.Fprintf(&b, "+%d", n)
		}
		words = append(words, b.String())
	}
	return strings.Join(words, " ")
}
