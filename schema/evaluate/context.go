package evaluate

import (
	"cuelang.org/go/cue"

	// What the definitions import.
	_ "cuelang.org/go/pkg/list"
	_ "cuelang.org/go/pkg/strings"
	_ "cuelang.org/go/pkg/struct"
)

// newContext is a context that knows only the builtin packages above. The one of
// cuecontext.New links all of them, down to HTTP and Protocol Buffers, and every
// start of rollcast would pay for it. There is no other way to a context without
// that package than the type that came before it.
func newContext() *cue.Context {
	//lint:ignore SA1019 see above
	var r cue.Runtime
	//lint:ignore SA1019 it makes the zero value ready for use
	if _, err := r.Compile("", ""); err != nil {
		panic(err)
	}
	return (*cue.Context)(&r)
}
