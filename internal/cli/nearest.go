package cli

import "github.com/rollcast/rollcast/internal/spell"

func nearest(word string, choices []string) string { return spell.Nearest(word, choices) }

func orList(choices []string) string { return spell.Or(choices) }
