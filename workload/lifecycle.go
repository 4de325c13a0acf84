package workload

import (
	"regexp"
	"strconv"
	"sync"

	"github.com/rollcast/rollcast/manifest"
)

// A Hook is a container's preStop hook.
type Hook struct {
	Path    manifest.Path
	Sleep   bool     // the sleep action, which needs nothing in the image
	Command []string // of an exec hook
	// Seconds is how long it sleeps, as far as that can be read; 0 elsewhere.
	Seconds int64
}

// sleeping finds the sleep of a shell line that always sleeps: no conditions
// and no loops before it.
var sleeping = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[;&]\s*)(?:/(?:usr/)?bin/)?sleep\s+(\d+)(s|m)?\s*(?:$|[;&])`)
})

// branching is what makes a line's sleep uncertain.
var branching = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b(?:if|while|until|for|case|timeout|trap)\b|\|\|`) })

// preStop reads a container's preStop hook, nil where there is none.
func (r *reader) preStop(container manifest.Path) *Hook {
	n, ok := r.get(r.in(container, "lifecycle", "preStop"), manifest.Mapping)
	if n == nil || !ok {
		return nil
	}
	path := container.Append(manifest.Key("lifecycle"), manifest.Key("preStop"))
	h := &Hook{Path: path}
	if r.node(r.in(path, "sleep")) != nil {
		h.Sleep = true
		h.Seconds, _ = r.int64(r.in(path, "sleep", "seconds"), 0)
	}
	h.Command, _ = r.words(r.in(path, "exec", "command"))
	if s := sleptBy(h.Command); s > 0 {
		h.Seconds = s
	}
	return h
}

// sleptBy is how many seconds a command sleeps at least, 0 where it cannot be
// read.
//
// Example: [sleep, "30"] are 30 s, and so is [sh, -c, "sleep 30; nginx -s quit"].
// [sh, -c, "while busy; do sleep 30; done"] may be none.
func sleptBy(command []string) int64 {
	line := ""
	switch n := len(command); {
	case n == 2:
		line = command[0] + " " + command[1]
	case n == 3 && (command[1] == "-c" || command[1] == "-ec"):
		line = command[2]
	}
	m := sleeping().FindStringSubmatch(line)
	if m == nil || branching().MatchString(line) {
		return 0
	}
	seconds, err := strconv.ParseInt(m[1], 10, 32)
	if err != nil {
		return 0
	}
	if m[2] == "m" {
		seconds *= 60
	}
	return seconds
}
