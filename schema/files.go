package schema

import "embed"

// Files are the built-in definitions in CUE, which a user's schema may import.
// Nothing reads them while documents are judged.
//
//go:embed *.cue
var Files embed.FS
