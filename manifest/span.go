package manifest

// NodeRange is where a node of the file is written. It ends after its last
// character; an alias's range is the alias.
func (f *File) NodeRange(n *Node) Range {
	return Range{n.Pos(), f.Pos(int(n.off))}
}
