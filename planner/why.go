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

// why adds one sentence that says what moved and by which limit.
func (d *deployment) why(buf []byte, event EventType) []byte {
	if len(d.moves) == 0 {
		return d.standstill(buf, event)
	}
	for i, m := range d.moves {
		if i > 0 {
			buf = append(buf, "; "...)
		}
		buf = d.limit(buf, m)
		buf = append(buf, ": "...)
		buf = number(buf, int64(m.from))
		buf = append(buf, "→"...)
		buf = number(buf, int64(m.to))
		buf = append(buf, ' ')
		buf = d.title(buf, m.set)
	}
	return buf
}

// limit says what let a move happen.
func (d *deployment) limit(buf []byte, m move) []byte {
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
		return append(append(buf, "scaled to "...), strconv.FormatInt(replicas, 10)...)
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
	switch {
	case event == eventStart:
		return append(number(buf, int64(d.spec.Replicas)), " pods of revision 1 run"...)
	case d.spec.Paused:
		return append(buf, "paused: no ReplicaSet is created, none is rolled"...)
	case d.complete(d.status):
		return append(number(buf, int64(d.spec.Replicas)), " of the new version are available, nothing else runs"...)
	}
	if d.spec.Strategy.Type == Recreate {
		return append(buf, "waits for pods"...)
	}
	buf = append(number(buf, int64(d.wanted())), " of "...)
	buf = append(number(buf, int64(d.spec.Replicas)+int64(d.surge)), " allowed exist, "...)
	buf = append(number(buf, int64(d.status.available)), " are available and "...)
	return append(number(buf, int64(d.spec.Replicas)-int64(d.unavailable)), " must be"...)
}

// title is what the reader calls a ReplicaSet: new, old, or by its number.
func (d *deployment) title(buf []byte, rs *replicaSet) []byte {
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

// number appends a number.
func number(buf []byte, n int64) []byte { return strconv.AppendInt(buf, n, 10) }
