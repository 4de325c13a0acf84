package planner

// A deed is why the controller deletes or creates pods.
type deed uint8

const (
	deedUnhealthy       deed = iota // an old pod is not available anyway: deleted
	deedAllowed                     // so many may be unavailable: an old pod deleted
	deedSucceeded                   // the new pod beside it is available: the old one deleted
	deedExcess                      // more than one pod without surge, or two old ones: deleted
	deedUnhealthyBeside             // a new pod beside an old one that is not available
	deedAllowedBeside               // a new pod beside an old one, by surge
	deedMissing                     // a new pod on a node without one
	deedKinds
)

// did notes what the controller did, for the step's reason.
func (d *daemonSet) did(why deed, pods int64) {
	d.writes++
	d.deeds[why] += pods
}

// tell implements controller.
//
//	2 of 5 may be unavailable: 2 old deleted; 2 nodes without a pod: 2 new created
func (d *daemonSet) tell(event EventType) string {
	var buf []byte
	for why := range deedKinds {
		if n := d.deeds[why]; n > 0 {
			if len(buf) > 0 {
				buf = append(buf, "; "...)
			}
			buf = d.sentence(buf, why, n)
		}
	}
	d.deeds, d.others = [deedKinds]int64{}, nil
	if buf == nil {
		return d.standstill(event)
	}
	return string(buf)
}

// sentence says one reason, and what was done for it.
func (d *daemonSet) sentence(buf []byte, why deed, n int64) []byte {
	surge, unavailable := d.limits()
	of := func(limit int64) []byte {
		return number(append(number(buf, limit), " of "...), d.desired())
	}
	done := " old deleted"
	switch why {
	case deedUnhealthy:
		buf = append(buf, "not available anyway"...)
	case deedAllowed:
		buf = append(of(unavailable), " may be unavailable"...)
	case deedSucceeded:
		buf = append(buf, "the new pod beside it is available"...)
	case deedExcess:
		buf, done = append(buf, "one too many on its node"...), " deleted"
	case deedUnhealthyBeside:
		buf, done = append(buf, "the old pod is not available"...), " new created beside it"
	case deedAllowedBeside:
		buf, done = append(of(surge), " nodes may have two pods"...), " new created"
	case deedMissing:
		buf, done = append(buf, "a node without a pod gets one"...), " new created"
	default:
		panic("planner: unknown deed")
	}
	return append(number(append(buf, ": "...), n), done...)
}

// standstill says why nothing was done.
func (d *daemonSet) standstill(event EventType) string {
	var buf []byte
	nodes, done := d.updated()
	switch surge, unavailable := d.limits(); {
	case event == eventStart && d.begun:
		buf = append(buf, "as the cluster has it"...)
	case event == eventStart:
		buf = append(number(append(buf, "before: revision 1 on "...), int64(d.spec.Replicas)), " nodes"...)
	case done == nodes:
		buf = append(number(buf, done), " of "...)
		buf = append(number(buf, nodes), " nodes have an available pod of the present version"...)
	case d.spec.Strategy.Type == OnDelete:
		buf = append(buf, "OnDelete: a pod is replaced once someone deletes it"...)
	case surge > 0:
		buf = append(number(buf, done), " of "...)
		buf = append(number(buf, nodes), " nodes are done, and no more than "...)
		buf = append(number(buf, surge), " may have two pods"...)
	default:
		buf = append(number(buf, done), " of "...)
		buf = append(number(buf, nodes), " nodes are done, and no more than "...)
		buf = append(number(buf, unavailable), " may be without an available pod"...)
	}
	if down := int64(d.spec.Replicas) - d.desired(); down > 0 {
		buf = append(number(append(buf, "; "...), down), " down"...)
	}
	return string(buf)
}
