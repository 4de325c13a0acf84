package workload

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// A SecurityPolicy is the level of the Pod Security Standards that a Namespace
// enforces. Only what is certainly against it is reported; of the standards'
// checks it leaves out AppArmor, SELinux, sysctls and Windows.
type SecurityPolicy struct {
	Document   *manifest.Document
	Path       manifest.Path // of the label
	Restricted bool          // else baseline
}

const enforceLabel = "pod-security.kubernetes.io/enforce"

// readPolicy is nil where the Namespace enforces nothing, or an old version.
func readPolicy(r *reader) *SecurityPolicy {
	label := func(key string) string {
		s, _ := r.str(manifest.Keys("metadata", "labels", key), "")
		return s
	}
	if v := label(enforceLabel + "-version"); v != "" && v != "latest" {
		return nil
	}
	level := label(enforceLabel)
	if level != "baseline" && level != "restricted" {
		return nil
	}
	return &SecurityPolicy{Document: r.doc, Path: manifest.Keys("metadata", "labels", enforceLabel), Restricted: level == "restricted"}
}

// broken is one refusal for the pods, with everything that is against the
// policy (k8s.io/pod-security-admission/policy).
func (p *SecurityPolicy) broken(w *Workload) []Refusal {
	pod := &securityReader{reader: reader{doc: w.Document, faults: w.Faults}, pod: w.Pod.Path}
	if os, _ := pod.str(pod.at(pod.pod, "os", "name"), ""); os == "windows" || slices.ContainsFunc(w.Pod.Containers, func(c *Container) bool { return c.Unreadable }) {
		return nil
	}
	pod.baseline(w)
	if p.Restricted {
		pod.restricted(w)
	}
	if len(pod.said) == 0 {
		return nil
	}
	return []Refusal{{w.Pod.Path, p.Document, p.Path, strings.Join(pod.said, ", ")}}
}

type securityReader struct {
	reader
	pod  manifest.Path
	said []string
}

func (r *securityReader) at(p manifest.Path, keys ...string) manifest.Path {
	return p.Append(manifest.Keys(keys...)...)
}

func (r *securityReader) say(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

func (r *securityReader) is(want bool, p manifest.Path) bool {
	v, ok := r.bool(p)
	return ok && r.node(p) != nil && v == want
}

// allowedByBaseline are the capabilities that baseline lets a container add.
var allowedByBaseline = []string{"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
	"SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"}

func (r *securityReader) baseline(w *Workload) {
	for _, key := range []string{"hostNetwork", "hostPID", "hostIPC"} {
		if r.is(true, r.at(r.pod, key)) {
			r.say("%s is true", key)
		}
	}
	if v, _ := r.str(r.at(r.pod, "securityContext", "seccompProfile", "type"), ""); v == "Unconfined" {
		r.say("the seccomp profile is Unconfined")
	}
	for i := range w.Pod.Volumes {
		if v := &w.Pod.Volumes[i]; r.node(r.in(v.Path, "hostPath")) != nil {
			r.say("volume %q is a hostPath", v.Name)
		}
	}
	for _, c := range w.Pod.Containers {
		context := r.at(c.Path, "securityContext")
		if r.is(true, r.at(context, "privileged")) {
			r.say("container %q is privileged", c.Name)
		}
		for _, port := range c.Ports {
			if port.HostPort > 0 {
				r.say("container %q takes hostPort %d", c.Name, port.HostPort)
			}
		}
		added, _ := r.words(r.at(context, "capabilities", "add"))
		for _, a := range added {
			if !slices.Contains(allowedByBaseline, a) {
				r.say("container %q adds the capability %s", c.Name, a)
			}
		}
		if v, _ := r.str(r.at(context, "seccompProfile", "type"), ""); v == "Unconfined" {
			r.say("the seccomp profile of container %q is Unconfined", c.Name)
		}
	}
}

// restrictedVolumes are the kinds of volumes that restricted allows.
var restrictedVolumes = []string{"name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret", "hostPath"}

func (r *securityReader) restricted(w *Workload) {
	pod := r.at(r.pod, "securityContext")
	for i := range w.Pod.Volumes {
		v := &w.Pod.Volumes[i]
		if n := r.node(v.Path); n != nil && n.Kind == manifest.Mapping {
			for _, pair := range n.Pairs {
				if !slices.Contains(restrictedVolumes, pair.Key.Text) { // baseline has told hostPath
					r.say("volume %q is of the kind %s", v.Name, pair.Key.Text)
				}
			}
		}
	}
	seccomp := func(context manifest.Path) bool {
		v, ok := r.str(r.at(context, "seccompProfile", "type"), "")
		return !ok || v == "RuntimeDefault" || v == "Localhost"
	}
	for _, c := range w.Pod.Containers {
		context := r.at(c.Path, "securityContext")
		if !r.is(false, r.at(context, "allowPrivilegeEscalation")) {
			r.say("allowPrivilegeEscalation of container %q is not false", c.Name)
		}
		nonRoot := r.at(context, "runAsNonRoot")
		if r.node(nonRoot) == nil {
			nonRoot = r.at(pod, "runAsNonRoot")
		}
		if !r.is(true, nonRoot) {
			r.say("runAsNonRoot of container %q is not true", c.Name)
		}
		dropped, _ := r.words(r.at(context, "capabilities", "drop"))
		if !slices.Contains(dropped, "ALL") {
			r.say("container %q does not drop ALL capabilities", c.Name)
		}
		added, _ := r.words(r.at(context, "capabilities", "add"))
		for _, a := range added {
			if slices.Contains(allowedByBaseline, a) && a != "NET_BIND_SERVICE" {
				r.say("container %q adds the capability %s", c.Name, a)
			}
		}
		if r.node(r.at(context, "seccompProfile")) == nil && !seccomp(pod) || r.node(r.at(context, "seccompProfile")) != nil && !seccomp(context) {
			r.say("container %q has no seccomp profile", c.Name)
		}
	}
}
