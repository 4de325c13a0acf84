// Package apiserver makes client-go's fake clientset honest.
//
// The fake clientset stores whatever it is given. Controllers rely on far more
// than that: on conflicts between stale writes, on status and spec being
// written apart, on graceful deletion, on a resource version that only rises.
// Server has these rules and nothing else: no validation but the one that
// controllers can trip over, no admission, no authentication, no encoding. It
// holds every kind that the workload controllers read or write.
//
// Each rule says which behaviour of the real API server it stands for and what
// went wrong without it.
package apiserver

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/kubernetes/scheme"
	ktesting "k8s.io/client-go/testing"
)

// Object is what the server stores.
type Object interface {
	runtime.Object
	metav1.Object
}

// Options are what differs from one server to the next.
type Options struct {
	// Seed decides uids, generated names and latencies, so that a run with an
	// odd outcome can be looked at again.
	Seed uint64
	// Latency delays watch events by random times: those of one resource up to
	// this one, of another hardly or not at all. Controllers then act on caches
	// that lag behind the writes and behind each other, as in a cluster, and
	// races come out that the scheduler of a quiet process hides.
	Latency time.Duration
	// Second is the resolution of the times in a status: the API has whole
	// seconds. See cluster.Second for why it is not one second here.
	Second time.Duration
	// Observe is told of every write while the server is locked. The object is
	// the stored one: to be read, not changed.
	Observe func(watch.EventType, Object)
	// Busy refuses to write the status of a ReplicaSet a few times in a row,
	// now and then, as a server does that has too much to do. Its controller
	// tries again some milliseconds later, so that statuses which change at
	// one moment become known in any order.
	Busy bool
	// Graceful keeps deleted pods, with a deletionTimestamp, until Reap.
	// Without it a pod is gone as soon as it is deleted.
	Graceful bool
}

// Server is the API server. Its methods may be called from any goroutine.
type Server struct {
	options  Options
	underWay atomic.Int64 // events that watchers have not got yet

	mu      sync.Mutex
	random  *rand.Rand
	version int64 // of the last write; every write of any kind gets the next one
	stores  map[schema.GroupResource]*store
	alive   map[types.UID]bool // objects that exist
	order   map[types.UID]int  // objects in the order of their creation, for which creationTimestamp is too coarse
	refused map[types.UID]int  // how often the status of a ReplicaSet was refused in a row
	second  int64              // of virtual time
	begun   int                // how many ReplicaSets it refused first in that second
}

// A store is the objects of one resource and those who watch them.
type store struct {
	objects  map[string]Object // by namespace/name; never changed in place, so that events may share them
	watchers []*watcher
}

// New returns an empty server.
func New(options Options) *Server {
	return &Server{
		options: options,
		random:  rand.New(rand.NewPCG(options.Seed, 0)),
		version: 1, // an informer takes 0 for "anything will do"
		stores:  map[schema.GroupResource]*store{},
		alive:   map[types.UID]bool{},
		order:   map[types.UID]int{},
		refused: map[types.UID]int{},
	}
}

// Client returns a clientset that speaks with the server.
func (s *Server) Client() kubernetes.Interface {
	client := &fake.Clientset{}
	client.AddReactor("*", "*", func(action ktesting.Action) (bool, runtime.Object, error) {
		object, err := s.react(action)
		return true, object, err
	})
	client.AddWatchReactor("*", func(action ktesting.Action) (bool, watch.Interface, error) {
		return true, s.watch(action.GetResource().GroupResource()), nil
	})
	return client
}

// react answers one request. The clientset has copied the request's object
// before, and gets a copy back, so nothing in the store is shared with a
// controller that changes what it was given.
func (s *Server) react(action ktesting.Action) (runtime.Object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	gr := action.GetResource().GroupResource()
	if gr.Resource == "events" {
		// Controllers report every step as an event; nobody reads them.
		return &corev1.Event{}, nil
	}
	switch action := action.(type) {
	case ktesting.GetActionImpl:
		return copied(s.get(gr, action.Namespace, action.Name))
	case ktesting.ListActionImpl:
		return s.list(gr, action)
	case ktesting.CreateActionImpl:
		return copied(s.create(gr, action.Namespace, action.Object.(Object)))
	case ktesting.UpdateActionImpl:
		if s.refuses(gr, action) {
			return nil, apierrors.NewTooManyRequestsError("too much to do")
		}
		return copied(s.update(gr, action.Namespace, action.Object.(Object), action.Subresource))
	case ktesting.PatchActionImpl:
		return copied(s.patch(gr, action))
	case ktesting.DeleteActionImpl:
		return nil, s.delete(gr, action.Namespace, action.Name, action.DeleteOptions)
	default:
		return nil, apierrors.NewMethodNotSupported(gr, action.GetVerb())
	}
}

// refuses tells whether a busy server refuses a write: of one in five statuses
// of ReplicaSets four attempts, which are two passes of their controller. There
// are no more than four such statuses in a second: controllers that failed a
// hundred times may try only ten times a second.
func (s *Server) refuses(gr schema.GroupResource, action ktesting.UpdateActionImpl) bool {
	if !s.options.Busy || gr != ReplicaSets || action.Subresource != "status" {
		return false
	}
	uid := action.Object.(Object).GetUID()
	n := s.refused[uid]
	if n == 0 {
		if second := time.Now().Unix(); second != s.second {
			s.second, s.begun = second, 0
		}
		if s.begun == 4 || s.random.IntN(5) > 0 {
			return false
		}
		s.begun++
	}
	s.refused[uid] = (n + 1) % 5
	return n < 4
}

// copied is what a reader gets of an object.
func copied(object Object, err error) (runtime.Object, error) {
	if err != nil {
		return nil, err
	}
	return object.DeepCopyObject(), nil
}

func (s *Server) store(gr schema.GroupResource) *store {
	st := s.stores[gr]
	if st == nil {
		st = &store{objects: map[string]Object{}}
		s.stores[gr] = st
	}
	return st
}

func key(namespace, name string) string { return namespace + "/" + name }

func (s *Server) get(gr schema.GroupResource, namespace, name string) (Object, error) {
	if object, ok := s.store(gr).objects[key(namespace, name)]; ok {
		return object, nil
	}
	return nil, apierrors.NewNotFound(gr, name)
}

// list answers with the typed list of the kind; the clientset applies the
// label selector itself.
func (s *Server) list(gr schema.GroupResource, action ktesting.ListActionImpl) (runtime.Object, error) {
	kind := action.Kind
	kind.Kind += "List"
	list, err := scheme.Scheme.New(kind)
	if err != nil {
		return nil, err
	}
	var items []runtime.Object
	for _, object := range s.sorted(gr) {
		if action.Namespace == "" || action.Namespace == object.GetNamespace() {
			items = append(items, object.DeepCopyObject())
		}
	}
	if err := meta.SetList(list, items); err != nil {
		return nil, err
	}
	list.(metav1.ListInterface).SetResourceVersion(fmt.Sprint(s.version))
	return list, nil
}
