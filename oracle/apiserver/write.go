package apiserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/kubernetes/scheme"
	ktesting "k8s.io/client-go/testing"
)

// suffixLetters are the letters of generated names.
const suffixLetters = "bcdfghjklmnpqrstvwxz2456789"

// create stores a new object with the metadata that only the server can give:
// controllers look for their own objects by uid, and order them by
// creationTimestamp, which has whole seconds.
func (s *Server) create(gr schema.GroupResource, namespace string, object Object) (Object, error) {
	if object.GetName() == "" {
		name := []byte(object.GetGenerateName())
		for range 5 {
			name = append(name, suffixLetters[s.random.IntN(len(suffixLetters))])
		}
		object.SetName(string(name))
	}
	object.SetNamespace(namespace)
	st := s.store(gr)
	k := key(namespace, object.GetName())
	if st.objects[k] != nil {
		return nil, apierrors.NewAlreadyExists(gr, object.GetName())
	}
	if err := validate(object); err != nil {
		return nil, err
	}
	object.SetUID(types.UID(fmt.Sprintf("%016x-%016x", s.random.Uint64(), s.random.Uint64())))
	object.SetCreationTimestamp(metav1.NewTime(time.Now().Truncate(time.Second)))
	object.SetDeletionTimestamp(nil)
	object.SetGeneration(1)
	s.alive[object.GetUID()] = true
	s.order[object.GetUID()] = len(s.order)
	prepareCreate(object)
	s.put(gr, object, watch.Added)
	return object, nil
}

// update replaces an object, or only its status. The caller's copy must be the
// newest one: a controller writes from its cache, which may be old, and relies
// on the conflict to notice.
func (s *Server) update(gr schema.GroupResource, namespace string, object Object, subresource string) (Object, error) {
	object.SetNamespace(namespace)
	stored, err := s.get(gr, namespace, object.GetName())
	if err != nil {
		return nil, err
	}
	if v := object.GetResourceVersion(); v != "" && v != stored.GetResourceVersion() {
		return nil, apierrors.NewConflict(gr, object.GetName(), errors.New("the object has been modified"))
	}
	if uid := object.GetUID(); uid != "" && uid != stored.GetUID() {
		return nil, apierrors.NewConflict(gr, object.GetName(), errors.New("the uid differs"))
	}
	object.SetUID(stored.GetUID())
	object.SetCreationTimestamp(stored.GetCreationTimestamp())
	object.SetDeletionTimestamp(stored.GetDeletionTimestamp())
	object.SetDeletionGracePeriodSeconds(stored.GetDeletionGracePeriodSeconds())
	object.SetGeneration(stored.GetGeneration())
	object.SetResourceVersion(stored.GetResourceVersion())
	object.SetManagedFields(nil)
	if subresource == "status" {
		prepareStatusUpdate(object, stored, s.options.Second)
	} else {
		prepareUpdate(object, stored)
	}
	if err := validate(object); err != nil {
		return nil, err
	}
	if removable(object) {
		s.remove(gr, object)
		return object, nil
	}
	if apiequality.Semantic.DeepEqual(object, stored) {
		// A write that changes nothing keeps the resource version and is no
		// event; a controller that writes its status in every pass would
		// otherwise never come to rest.
		return stored, nil
	}
	s.put(gr, object, watch.Modified)
	return object, nil
}

// patch applies a patch to the stored object and writes the result. A patch
// carries no resource version unless it means to.
func (s *Server) patch(gr schema.GroupResource, action ktesting.PatchActionImpl) (Object, error) {
	stored, err := s.get(gr, action.Namespace, action.Name)
	if err != nil {
		return nil, err
	}
	before, err := json.Marshal(stored)
	if err != nil {
		return nil, err
	}
	var after []byte
	switch action.PatchType {
	case types.MergePatchType:
		after, err = jsonpatch.MergePatch(before, action.Patch)
	case types.StrategicMergePatchType:
		after, err = strategicpatch.StrategicMergePatch(before, action.Patch, stored)
	default:
		err = apierrors.NewBadRequest("patch type " + string(action.PatchType))
	}
	if err != nil {
		return nil, err
	}
	kinds, _, err := scheme.Scheme.ObjectKinds(stored)
	if err != nil {
		return nil, err
	}
	empty, err := scheme.Scheme.New(kinds[0])
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(after, empty); err != nil {
		return nil, err
	}
	return s.update(gr, action.Namespace, empty.(Object), action.Subresource)
}

// put stores an object under the next resource version, one integer that rises
// with every write of any kind.
func (s *Server) put(gr schema.GroupResource, object Object, event watch.EventType) {
	s.version++
	object.SetResourceVersion(strconv.FormatInt(s.version, 10))
	s.store(gr).objects[key(object.GetNamespace(), object.GetName())] = object
	s.notify(gr, event, object)
}

// sorted is the objects of one resource in the order of their creation.
func (s *Server) sorted(gr schema.GroupResource) []Object {
	objects := make([]Object, 0, len(s.store(gr).objects))
	for _, object := range s.store(gr).objects {
		objects = append(objects, object)
	}
	slices.SortFunc(objects, func(a, b Object) int { return s.order[a.GetUID()] - s.order[b.GetUID()] })
	return objects
}
