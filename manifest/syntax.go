package manifest

// diagnose finds the place and the sentence for a chunk that the parser refuses.
func (f *File) diagnose(c chunk, err error) Problem {
	p := f.Pos(c.start)
	return Problem{Range: Range{p, p}, Message: err.Error()}
}
