package workload

import (
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// StartupAnnotation declares how many seconds containers need to start, on the
// workload or on its pod template, where the template's wins: "45" for every
// container of the pod's own list, or "web=45,worker=20" by name.
const StartupAnnotation = "rollcast/startup-seconds"

// A StartupDeclaration is what the annotation says.
type StartupDeclaration struct {
	Path    manifest.Path // of the annotation
	Seconds map[string]int64
	// Fault is one sentence where the annotation cannot be read; Seconds is
	// then empty.
	Fault string
}

// startup reads the annotation; nil where there is none.
func (r *reader) startup(template manifest.Path, containers []*Container) *StartupDeclaration {
	for _, path := range []manifest.Path{
		template.Append(manifest.Key("metadata"), manifest.Key("annotations"), manifest.Key(StartupAnnotation)),
		manifest.Keys("metadata", "annotations", StartupAnnotation),
	} {
		n := r.node(path)
		if n == nil || n.Kind != manifest.String {
			continue
		}
		d := &StartupDeclaration{Path: path}
		d.Seconds, d.Fault = parseStartup(n.Text, containers)
		return d
	}
	return nil
}

func parseStartup(text string, containers []*Container) (seconds map[string]int64, fault string) {
	seconds = map[string]int64{}
	for _, part := range strings.Split(text, ",") {
		name, value, named := strings.Cut(strings.TrimSpace(part), "=")
		if !named {
			name, value = "", name
		}
		n, err := strconv.ParseUint(value, 10, 31)
		if err != nil {
			return nil, "annotation " + StartupAnnotation + " holds " + strconv.Quote(text) + ": write seconds, such as \"45\", or seconds by container, such as \"web=45,worker=20\""
		}
		known := false
		for _, c := range containers {
			if c.Name == name || !named && !c.Init {
				seconds[c.Name], known = int64(n), true
			}
		}
		if !known {
			return nil, "annotation " + StartupAnnotation + " names container " + strconv.Quote(name) + ", which the pod does not have"
		}
	}
	return seconds, ""
}
