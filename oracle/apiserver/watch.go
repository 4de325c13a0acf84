package apiserver

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/watch"
)

// A watcher delivers the events of one resource in order. Its queue has no
// limit: the fake clientset's own watchers hold 100 events and panic beyond,
// which a rollout of a hundred pods reaches.
type watcher struct {
	events chan watch.Event
	done   chan struct{}
	wake   chan struct{}
	stop   sync.Once

	underWay *atomic.Int64 // the server's
	latency  time.Duration // the longest delay of an event
	last     time.Time     // when the last event is due

	mu    sync.Mutex
	queue []delivery
}

// A delivery is an event and the time at which it arrives, which is not before
// that of the one before.
type delivery struct {
	event watch.Event
	due   time.Time
}

// watch opens a watch from now on. Informers list first; what is written
// between their list and their watch would be lost, so callers write nothing
// until the informers have synced.
func (s *Server) watch(gr schema.GroupResource) watch.Interface {
	w := &watcher{
		events: make(chan watch.Event),
		done:   make(chan struct{}),
		wake:   make(chan struct{}, 1),

		underWay: &s.underWay,
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.store(gr)
	st.watchers = append(st.watchers, w)
	w.latency = []time.Duration{0, s.options.Latency / 20, s.options.Latency}[s.random.IntN(3)]
	go w.deliver()
	return w
}

// notify tells everyone who watches a resource. The caller holds s.mu, so all
// watchers see all writes in the order of their resource versions.
func (s *Server) notify(gr schema.GroupResource, kind watch.EventType, object Object) {
	if s.options.Observe != nil {
		s.options.Observe(kind, object)
	}
	st := s.store(gr)
	st.watchers = slices.DeleteFunc(st.watchers, (*watcher).stopped)
	for _, w := range st.watchers {
		due := time.Now()
		if w.latency > 0 {
			due = due.Add(time.Duration(s.random.Int64N(int64(w.latency))))
		}
		if w.last.After(due) {
			due = w.last
		}
		w.last = due
		s.underWay.Add(1)
		w.send(delivery{watch.Event{Type: kind, Object: object}, due})
	}
}

// ResultChan implements watch.Interface.
func (w *watcher) ResultChan() <-chan watch.Event { return w.events }

// Stop implements watch.Interface.
func (w *watcher) Stop() { w.stop.Do(func() { close(w.done) }) }

func (w *watcher) stopped() bool {
	select {
	case <-w.done:
		return true
	default:
		return false
	}
}

func (w *watcher) send(d delivery) {
	w.mu.Lock()
	w.queue = append(w.queue, d)
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default: // it is awake already
	}
}

func (w *watcher) deliver() {
	defer close(w.events)
	for {
		select {
		case <-w.wake:
		case <-w.done:
			return
		}
		w.mu.Lock()
		queue := w.queue
		w.queue = nil
		w.mu.Unlock()
		for _, d := range queue {
			if wait := time.Until(d.due); wait > 0 {
				select {
				case <-time.After(wait):
				case <-w.done:
					return
				}
			}
			select {
			case w.events <- d.event:
				w.underWay.Add(-1)
			case <-w.done:
				return
			}
		}
	}
}
