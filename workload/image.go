package workload

import (
	"regexp"
	"strings"
	"sync"
)

// An Image is a container's image as the kubelet reads it.
type Image struct {
	Tag    string // "" where the reference has none: latest is then meant, or the digest counts
	Digest bool   // a digest says which image it is
	// Fault is one sentence where the reference cannot be read. The API server
	// accepts it, and the kubelet reports InvalidImageName for ever.
	Fault string
	// Shellless says that the image's name is one of those that hold no shell
	// and no sleep: distroless, scratch and static ones.
	Shellless bool
}

var (
	repository = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$`) })
	registry   = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$`)
	})
	tag    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\w[\w.-]{0,127}$`) })
	digest = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$`)
	})
)

// parseImage reads a reference [registry[:port]/]path[:tag][@digest]. The first
// part of the path is a registry where it holds a dot or a colon, is localhost,
// or has a capital letter (github.com/distribution/reference splitDockerDomain).
//
// Example: registry:5000/shop/web is the image shop/web of registry:5000, and
// web:5000 is the tag 5000 of web. Shop/Web is the image Web of the registry
// Shop, and no image at all, because a path is lower case.
func parseImage(text string) Image {
	var image Image
	if text == "" || strings.ContainsAny(text, "${}<> \t") {
		return image // a placeholder, or nothing: not ours to judge
	}
	name, hash, pinned := strings.Cut(text, "@")
	if image.Digest = pinned; pinned && !digest().MatchString(hash) {
		image.Fault = "the digest after @ is no algorithm:hex"
	}
	if i := strings.LastIndex(name, ":"); i > strings.LastIndex(name, "/") {
		name, image.Tag = name[:i], name[i+1:]
		if !tag().MatchString(image.Tag) {
			image.Fault = "the tag after the last colon is not allowed"
		}
	}
	host, path, found := strings.Cut(name, "/")
	if !found || !strings.ContainsAny(host, ".:") && host != "localhost" && host == strings.ToLower(host) {
		path = name
	} else if !registry().MatchString(host) {
		image.Fault = "the registry is no host and port"
	}
	for part := range strings.SplitSeq(path, "/") {
		switch {
		case image.Fault != "" || repository().MatchString(part):
		case strings.Contains(part, ":"):
			image.Fault = "it has more than one tag"
		case repository().MatchString(strings.ToLower(part)):
			image.Fault = "its path has to be lower case"
		default:
			image.Fault = "its path is not allowed"
		}
	}
	image.Shellless = shellless(name, image.Tag)
	return image
}

// shellless knows the publishers whose images hold no shell unless the tag says
// debug or dev.
func shellless(name, tag string) bool {
	if strings.Contains(tag, "debug") || strings.Contains(tag, "dev") {
		return false
	}
	return strings.Contains(name, "gcr.io/distroless/") || strings.Contains(tag, "distroless") || strings.HasSuffix(name, "/scratch")
}
