// Package cluster runs real controllers against an honest fake API server, in
// a bubble of virtual time, and knows when they have come to rest.
package cluster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"

	"github.com/rollcast/rollcast/oracle/apiserver"
)

// Controllers makes the controllers of one Kubernetes minor and returns what
// runs each of them until its context ends. It is all that a minor has to
// bring along.
type Controllers func(context.Context, kubernetes.Interface, informers.SharedInformerFactory) ([]func(context.Context), error)

// Options are what a run of a cluster may choose.
type Options struct {
	// Second is how long a second of the scenario takes, in virtual time.
	//
	// Controllers need a moment to settle after each event, although in a
	// scenario no time passes there. With LongSecond these moments are so
	// small a part of a second that they decide nothing. Controllers that are
	// given their durations by their own source (a Job's back-off, a CronJob's
	// schedule) need time.Second.
	Second time.Duration
	// Quiet is how long nothing may be written until the controllers count as
	// being at rest: by default long enough for the retries after a conflict,
	// which come after 5, 10, 20, … ms. Job syncs are batched for a second.
	Quiet    time.Duration
	Seed     uint64
	Latency  time.Duration
	Graceful bool
	// At is when the scenario begins: by default soon after the bubble's own
	// beginning, midnight UTC 2000-01-01, and never before it. It is a whole
	// Second.
	At      time.Time
	Observe func(watch.EventType, apiserver.Object) // see apiserver.Options
}

// LongSecond is a second of a scenario that takes 100 seconds of virtual time.
// All seconds of an object's spec have to be multiplied by LongSeconds.
const (
	LongSeconds = 100
	LongSecond  = LongSeconds * time.Second
)

// Cluster is a running cluster.
type Cluster struct {
	Server *apiserver.Server

	second  time.Duration
	seed    uint64
	quiet   time.Duration
	instant time.Time // the scenario's present, at a whole second of it
	origin  time.Time
	random  *rand.Rand
}

// never is when informers give everything to the controllers once more. No
// period at all would do as well, but the client-go of 1.33 then waits on a
// channel that is older than the bubble, so that virtual time stands still.
const never = 100 * 365 * 24 * time.Hour

// Run starts a cluster, lets play act on it and stops it.
func Run(t *testing.T, controllers Controllers, options Options, play func(*Cluster) error) (err error) {
	synctest.Test(t, func(*testing.T) {
		err = run(controllers, options, play)
	})
	return err
}

func run(controllers Controllers, options Options, play func(*Cluster) error) error {
	// The bubble sleeps to a moment before its beginning while nothing ticks yet.
	time.Sleep(time.Until(options.At.Add(-options.Second)))
	busy, quiet := options.Seed >= BusyFrom && options.Seed%4 >= 2, cmp.Or(options.Quiet, 100*time.Millisecond)
	if busy {
		quiet *= 10 // controllers that are refused wait longer and longer
	}
	server := apiserver.New(apiserver.Options{
		Seed: options.Seed, Latency: options.Latency, Second: options.Second, Graceful: options.Graceful, Observe: options.Observe,
		Busy: busy,
	})
	client := server.Client()
	factory := informers.NewSharedInformerFactory(client, never)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	defer func() {
		// Every goroutine of the bubble has to end before the bubble may.
		cancel()
		running.Wait()
		factory.Shutdown()
	}()

	loops, err := controllers(ctx, client, factory)
	if err != nil {
		return err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	synctest.Wait() // the watches are open now; what is written earlier would be missed
	for _, loop := range loops {
		running.Go(func() { loop(ctx) })
	}
	synctest.Wait()

	origin := time.Now().Truncate(options.Second).Add(options.Second)
	time.Sleep(time.Until(origin))
	return play(&Cluster{Server: server, second: options.Second, seed: options.Seed, quiet: quiet, instant: origin, origin: origin, random: rand.New(rand.NewPCG(options.Seed, 1))})
}

// Now is the scenario's present. A kubelet stamps it on what it does, so that
// pods that become ready in one instant are alike.
func (c *Cluster) Now() time.Time { return c.instant }

// Elapsed is the scenario's time since the cluster started.
func (c *Cluster) Elapsed() time.Duration {
	return c.instant.Sub(c.origin) / (c.second / time.Second)
}

// Settle waits until every controller has finished reacting, what they leave
// behind without an owner is collected, and the scheduler has found nodes for
// the pods.
func (c *Cluster) Settle() error {
	for {
		if err := c.rest(); err != nil {
			return err
		}
		changed := 0
		err := c.Server.Do(func(w apiserver.World) error {
			collected, err := w.Collect()
			if err != nil {
				return err
			}
			scheduled, err := w.Schedule()
			changed = collected + scheduled
			return err
		})
		if err != nil || changed == 0 {
			return err
		}
	}
}

// rest waits until nothing is written any more.
func (c *Cluster) rest() error {
	version, began := int64(-1), time.Now()
	for still := time.Duration(0); still < c.quiet; {
		if time.Since(began) > LongSecond {
			return errors.New("the controllers do not come to rest")
		}
		time.Sleep(c.quiet)
		synctest.Wait()
		if now, known := c.Server.Version(); now != version || !known {
			version, still = now, 0
		} else {
			still += c.quiet
		}
	}
	if drift := time.Since(c.instant); c.second == LongSecond && drift > c.second {
		return fmt.Errorf("the events of one instant took %v of virtual time to settle, which is more than a second of the scenario", drift)
	}
	return nil
}

// Elapse lets minReadySeconds pass, and the controllers settle.
func (c *Cluster) Elapse(minReadySeconds int32) error {
	if minReadySeconds == 0 {
		return c.Settle()
	}
	return c.Pass(time.Duration(minReadySeconds) * time.Second)
}

// Pass lets time pass and the controllers settle. What a controller timed from
// the moment at which it noticed, and not from the instant that the kubelet
// stamped, is due so much later, and some add a second to be on the safe side;
// it has happened as well.
func (c *Cluster) Pass(d time.Duration) error {
	late := time.Since(c.instant) + time.Second
	c.sleep(d)
	time.Sleep(late + c.quiet)
	if err := c.Settle(); err != nil {
		return err
	}
	c.rebase()
	return nil
}

// rebase moves the present to where virtual time has come to, once every
// instant's moment of settling has added up to half a second of the scenario,
// as in a run of a hundred rounds. What is stamped is cut to whole seconds, so
// no duration that begins before it and ends after it is a second off.
func (c *Cluster) rebase() {
	if drift := time.Since(c.instant).Truncate(time.Second); c.second == LongSecond && drift > c.second/2 {
		c.instant, c.origin = c.instant.Add(drift), c.origin.Add(drift)
	}
}

// Stretch is how much virtual time a duration of the scenario takes.
func (c *Cluster) Stretch(d time.Duration) time.Duration { return d * (c.second / time.Second) }

// PassBy is Pass for controllers that time everything from what is stamped.
func (c *Cluster) PassBy(d time.Duration) error {
	c.sleep(d)
	return c.Settle()
}

// sleep moves the present on.
func (c *Cluster) sleep(d time.Duration) {
	c.instant = c.instant.Add(c.Stretch(d))
	time.Sleep(time.Until(c.instant))
}
