package review

import "github.com/rollcast/rollcast/manifest"

// check judges one document by itself.
func check(d *manifest.Document) *checked {
	c := &checked{}
	c.conclude()
	return c
}
