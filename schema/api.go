package schema

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// api judges the apiVersion and kind themselves: whether the version serves
// them.
func (c *checker) api(known bool) {
	if c.doc.APIVersion == "" || c.doc.Kind == "" {
		return
	}
	a := c.tab.LookupAPI(c.doc.APIVersion, c.doc.Kind)
	if a == nil {
		if !known {
			c.unknownKind()
		}
		return
	}
	switch {
	case a.Removed != 0 && c.opt.Minor >= int(a.Removed):
		message := fmt.Sprintf("%s %s is gone since Kubernetes 1.%d", c.doc.APIVersion, c.doc.Kind, a.Removed)
		if a.Use != "" {
			message += ": use " + a.Use
		}
		if a.Changes != "" {
			message += ", where " + a.Changes
		}
		c.atKey("apiVersion", "api/removed", message, finding.Error)
		c.removedNamespace()
	case c.opt.Minor < int(a.Added):
		c.atKey("apiVersion", "api/unknown", fmt.Sprintf("%s %s came with Kubernetes 1.%d", c.doc.APIVersion, c.doc.Kind, a.Added), finding.Error)
	case a.Deprecated != 0 && c.opt.Minor >= int(a.Deprecated):
		message := fmt.Sprintf("%s %s is deprecated since Kubernetes 1.%d", c.doc.APIVersion, c.doc.Kind, a.Deprecated)
		if a.Removed != 0 {
			message += fmt.Sprintf(" and goes with 1.%d", a.Removed)
		}
		if a.Use != "" {
			message += ": use " + a.Use
		}
		c.atKey("apiVersion", "api/deprecated", message, finding.Warning)
	}
}

// unknownKind tells that a group which the table knows has no such kind.
func (c *checker) unknownKind() {
	var names, elsewhere []string
	for i := range c.tab.APIs {
		a := &c.tab.APIs[i]
		if a.APIVersion == c.doc.APIVersion {
			names = append(names, a.Kind)
		}
		if a.Kind == c.doc.Kind && (a.Removed == 0 || c.opt.Minor < int(a.Removed)) && c.opt.Minor >= int(a.Added) {
			elsewhere = append(elsewhere, a.APIVersion)
		}
	}
	if c.doc.APIVersion == "v1" && c.doc.Kind == "Config" {
		return // a kubeconfig, which nobody applies
	}
	message := fmt.Sprintf("%s has no kind %s", c.doc.APIVersion, c.doc.Kind)
	if len(names) == 0 {
		if !c.knownGroup() {
			return
		}
		message = "there is no API " + c.doc.APIVersion
	}
	key := "kind"
	if len(elsewhere) > 0 {
		key = "apiVersion"
		message += fmt.Sprintf(": %s is in %s", c.doc.Kind, list(elsewhere, "and"))
	} else if best, ok := closest(c.doc.Kind, names); ok {
		message += fmt.Sprintf(": did you mean %s?", best)
	}
	c.atKey(key, "api/unknown", message, finding.Error)
}

// knownGroup reports whether some version of the document's group is known.
func (c *checker) knownGroup() bool {
	group, _, ok := strings.Cut(c.doc.APIVersion, "/")
	if !ok {
		return false
	}
	for i := range c.tab.APIs {
		if g, _, ok := strings.Cut(c.tab.APIs[i].APIVersion, "/"); ok && g == group {
			return true
		}
	}
	return false
}

// atKey tells a fault of a top-level scalar.
func (c *checker) atKey(key, rule, message string, severity finding.Severity) {
	path := manifest.Keys(key)
	c.refused = c.refused || severity == finding.Error
	c.tell(fault{rule: rule, message: message, severity: severity, path: path, rng: c.doc.Range(path)})
}
