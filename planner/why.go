package planner

import "strconv"

// because is the rule by which a ReplicaSet got another size.
type because uint8

const (
	becauseRoom      because = iota // there is room below replicas+surge
	becauseWanted                   // it has more than replicas
	becauseUnhealthy                // an old pod is not available anyway
	becauseAvailable                // more are available than needed
	becauseRecreate                 // Recreate stops everything old
	becauseNoneLeft                 // Recreate: no old pod is left
	becauseScaled                   // spec.replicas changed
	becauseShare                    // spec.replicas changed, in proportion
)

// A move is one change of a ReplicaSet's size, with its reason.
type move struct {
	set      *replicaSet
	from, to int32
	why      because
}

// note keeps a move for the step's reason. Several moves of one ReplicaSet for
// one reason are one: 0->3 and 3->5 is 0->5.
func (d *deployment) note(rs *replicaSet, from, to int32, why because) {
	if from == to {
		return
	}
	for i := range d.moves {
		if m := &d.moves[i]; m.set == rs && m.why == why && m.to == from {
			m.to = to
			return
		}
	}
	d.moves = append(d.moves, move{rs, from, to, why})
}

// why adds one sentence that says what moved and by which limit: what shrank,
// then what grew.
//
//	2 of 10 may be unavailable: 10→8 old; 13 allowed: 0→5 new
func (d *deployment) why(buf []byte, event EventType) []byte {
	if len(d.moves) == 0 {
		return d.standstill(buf, event)
	}
	var last *move
	for _, grows := range []bool{false, true} {
		for i := range d.moves {
			m := &d.moves[i]
			if m.to > m.from != grows {
				continue
			}
			switch {
			case last != nil && last.why == m.why:
				buf = append(buf, ", "...)
			case last != nil:
				buf = append(d.limit(append(buf, "; "...), m), ": "...)
			default:
				buf = append(d.limit(buf, m), ": "...)
			}
			last = m
			buf = append(number(buf, int64(m.from)), "→"...)
			buf = append(number(buf, int64(m.to)), ' ')
			buf = d.title(buf, m.set)
		}
	}
	return buf
}

// limit says what let a move happen.
func (d *deployment) limit(buf []byte, m *move) []byte {
	replicas := int64(d.spec.Replicas)
	switch m.why {
	case becauseRoom:
		if m.to == d.spec.Replicas {
			return append(number(buf, replicas), " wanted"...)
		}
		return append(number(buf, replicas+int64(d.surge)), " allowed"...)
	case becauseWanted:
		return append(number(buf, replicas), " wanted"...)
	case becauseUnhealthy:
		return append(buf, "not available anyway"...)
	case becauseAvailable:
		if d.unavailable > 0 {
			buf = append(number(buf, int64(d.unavailable)), " of "...)
			return append(number(buf, replicas), " may be unavailable"...)
		}
		return append(number(buf, replicas), " must stay available"...)
	case becauseRecreate:
		return append(buf, "all old pods stop first"...)
	case becauseNoneLeft:
		return append(buf, "no old pod is left"...)
	case becauseScaled:
		return number(append(buf, "scaled to "...), replicas)
	case becauseShare:
		buf = append(buf, "scaled to "...)
		buf = append(number(buf, replicas), ", in proportion to "...)
		return append(number(buf, replicas+int64(d.surge)), " allowed"...)
	default:
		panic("planner: unknown because")
	}
}

// standstill says why nothing moved.
func (d *deployment) standstill(buf []byte, event EventType) []byte {
	replicas := int64(d.spec.Replicas)
	switch {
	case event == eventStart && d.begun:
		return append(buf, "as the cluster has it"...)
	case event == eventStart:
		return append(number(append(buf, "before: "...), replicas), " of revision 1"...)
	case d.spec.Paused:
		return append(buf, "paused: no ReplicaSet is created or rolled"...)
	case d.complete(d.status) && d.target() != nil: // of 0 replicas all are there before the ReplicaSet is
		buf = append(number(buf, replicas), " of "...)
		buf = append(number(buf, replicas), " available, all of "...)
		if d.undone() {
			return number(append(buf, "revision "...), int64(d.target().revision))
		}
		return append(buf, "the new version"...)
	case d.spec.Strategy.Type == Recreate:
		buf = d.standstillOfRecreate(buf)
	default:
		buf = append(podCount(buf, int64(d.wanted())), " of "...)
		buf = append(number(buf, replicas+int64(d.surge)), " allowed, "...)
		buf = append(number(buf, int64(d.status.available)), " available of "...)
		buf = append(number(buf, replicas-int64(d.unavailable)), " needed"...)
	}
	buf = d.pending(buf)
	if d.progress.reason == reasonTimedOut {
		buf = append(buf, "; no progress for "...)
		buf = append(appendSeconds(buf, d.spec.ProgressDeadlineSeconds), ", which is only reported"...)
	}
	return buf
}

// pending says which pods are not available, and what each kind of them waits
// for: its probes, or minReadySeconds.
//
//	4 pods of 4 allowed, 3 available of 3 needed; 1 new ready, available after 5s
func (d *deployment) pending(buf []byte) []byte {
	for _, rs := range d.sets {
		if rs.gone {
			continue
		}
		if n := rs.observed.replicas - rs.observed.ready; n > 0 {
			buf = append(number(append(buf, "; "...), int64(n)), ' ')
			buf = append(d.title(buf, rs), " not ready"...)
		}
		if n := rs.observed.ready - rs.observed.available; n > 0 {
			buf = append(number(append(buf, "; "...), int64(n)), ' ')
			buf = append(d.title(buf, rs), " ready, available after "...)
			buf = appendSeconds(buf, rs.minReadySeconds)
		}
	}
	return buf
}

// standstillOfRecreate says what a Recreate waits for.
func (d *deployment) standstillOfRecreate(buf []byte) []byte {
	var old int64
	target := d.target()
	for _, rs := range d.sets {
		if rs != target && !rs.gone {
			old += rs.leaving.count()
		}
	}
	if old > 0 {
		return append(number(buf, old), " old terminating, no new before they are gone"...)
	}
	buf = append(number(buf, int64(d.status.available)), " available of "...)
	return append(number(buf, int64(d.spec.Replicas)), " wanted"...)
}

// undone says that Kubernetes shows some revision under another number than
// the one it was created with: an undo made an old one the newest, and new and
// old no longer tell which is meant.
func (d *deployment) undone() bool {
	for _, rs := range d.sets {
		if !rs.gone && rs.number != int64(rs.revision) {
			return true
		}
	}
	return false
}

// title is what the reader calls a ReplicaSet: new, old, or by its number.
func (d *deployment) title(buf []byte, rs *replicaSet) []byte {
	if d.undone() {
		return number(append(buf, "of revision "...), int64(rs.revision))
	}
	others := 0
	for _, other := range d.sets {
		if other != rs && other.template != d.template && other.pods() > 0 {
			others++
		}
	}
	switch {
	case rs.template == d.template:
		return append(buf, "new"...)
	case others == 0:
		return append(buf, "old"...)
	default:
		return number(append(buf, "of revision "...), int64(rs.revision))
	}
}

// number appends a number as reports write it: 9999, 10,000, 2,147,483,647.
func number(buf []byte, n int64) []byte {
	if -10_000 < n && n < 10_000 {
		return strconv.AppendInt(buf, n, 10)
	}
	if n < 0 {
		buf = append(buf, '-')
	}
	var text [26]byte // 9,223,372,036,854,775,808 has 25
	first, left := len(text), uint64(n)
	if n < 0 {
		left = -left
	}
	for digit := 0; left > 0; digit++ {
		if digit > 0 && digit%3 == 0 {
			first--
			text[first] = ','
		}
		first--
		text[first] = byte('0' + left%10)
		left /= 10
	}
	return append(buf, text[first:]...)
}

// digits is number as text of its own.
func digits[T int32 | int64](n T) string { return string(number(nil, int64(n))) }

// podCount appends a number of pods: 1 pod, 4 pods.
func podCount(buf []byte, n int64) []byte {
	if n == 1 {
		return append(buf, "1 pod"...)
	}
	return append(number(buf, n), " pods"...)
}

// fieldSeconds writes what a field gives in seconds: 5s, 10m, 1h1s.
func fieldSeconds(n int32) string { return string(appendSeconds(nil, n)) }

// appendSeconds is fieldSeconds without memory of its own.
func appendSeconds(buf []byte, n int32) []byte {
	start := len(buf)
	for _, unit := range []struct {
		seconds int32
		name    byte
	}{{3600, 'h'}, {60, 'm'}, {1, 's'}} {
		if of := n / unit.seconds; of > 0 || unit.seconds == 1 && len(buf) == start {
			buf = append(strconv.AppendInt(buf, int64(of), 10), unit.name)
			n %= unit.seconds
		}
	}
	return buf
}
