package mutate

// Shrink removes from a tree whatever can go while keep still holds for the
// rest, which it must for t itself. The result shares nothing with t.
func Shrink(t Tree, keep func(Tree) bool) Tree {
	t = Copy(t)
	for {
		smaller := false
		// Places are visited from the root, so that large parts go first.
		for i := 0; ; i++ {
			candidate := Copy(t)
			all := slots(&candidate)
			if i >= len(all) {
				break
			}
			all[i].del()
			if keep(candidate) {
				t = candidate
				smaller = true
				i--
			}
		}
		if !smaller {
			return t
		}
	}
}
