// Package validate asks the API server of Kubernetes 1.33 for its verdict on
// a manifest, without a server: the document is decoded strictly, defaulted,
// and goes through the registry strategy of its kind on the very path that a
// POST takes (k8s.io/apiserver/pkg/registry/rest.BeforeCreate). Admission and
// storage are not consulted.
package validate

// minor is the version that this package speaks for: Kubernetes 1.minor.
const minor = 33
