package planner

// daemonMark is what a state was like some rounds ago.
type daemonMark struct{}

// leap implements controller.
func (d *daemonSet) leap(int64) int64 { return 0 }
