package manifest

func (f *File) parseJSON() { f.parseYAML() }
