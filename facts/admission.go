package facts

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// A Refusal is a reason why the API server refuses the pods although it accepts
// the workload.
type Refusal struct {
	ID   int    `json:"id"`   // of the container or the pod's spec
	By   int    `json:"by"`   // the id of the field that refuses
	Kind string `json:"kind"` // of the object that refuses: ResourceQuota, LimitRange, Namespace
	Name string `json:"name"`
	// Level is what a Namespace enforces: baseline or restricted.
	Level string `json:"level,omitempty"`
	Text  string `json:"text"` // for messages: container "web" requests no cpu
}

// A Room is how many more of the workload's pods a quota lets in.
type Room struct {
	ID       int    `json:"id"` // of the quota's limit
	Name     string `json:"name"`
	Resource string `json:"resource"` // pods, requests.cpu
	Hard     string `json:"hard"`
	Used     string `json:"used"` // what all pods of the set and namespace want
	// Pods is how many more fit besides all that are wanted; below zero, how many
	// of those do not.
	Pods int64 `json:"pods"`
}

// A Misspelling is a name of an object that the set does not hold, while it
// holds one with almost that name which no pod asks for.
type Misspelling struct {
	ID    int    `json:"id"`
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Meant int    `json:"meant"` // the id of the object
	There string `json:"there"` // its name
}

// A Webhook is an admission webhook that every new pod of the cluster has to
// pass, and that the workload's own pods answer.
type Webhook struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// An Extended is a resource that a device plugin gives out.
type Extended struct {
	ID    int    `json:"id"`
	Name  string `json:"name"` // nvidia.com/gpu
	Count string `json:"count"`
}

// A Written is a field that only the server writes.
type Written struct {
	ID    int    `json:"id"`
	Field string `json:"field"` // metadata.uid
}

// A ClaimTemplate is one of a StatefulSet's volumeClaimTemplates.
type ClaimTemplate struct {
	ID          int      `json:"id"`
	Name        string   `json:"name"`
	AccessModes []string `json:"accessModes"`
	Namespace   string   `json:"namespace"` // as written: the server ignores it
}

// A Placeholder is a value that somebody was to replace.
type Placeholder struct {
	ID   int    `json:"id"`
	Text string `json:"text"`
}

// A Missing is a ServiceAccount that the pods ask for, that a binding of the set
// names, and that the set does not hold.
type Missing struct {
	ID   int    `json:"id"`
	Kind string `json:"kind"`
	Name string `json:"name"`
	By   int    `json:"by"` // the id of what names it
}

func (s *Subject) addAdmission(w *workload.Workload) {
	s.Misspelt, s.Written = []Misspelling{}, []Written{}
	s.ClaimTemplates, s.Placeholders, s.Missing = []ClaimTemplate{}, []Placeholder{}, []Missing{}
	for _, v := range w.ClaimTemplates {
		s.ClaimTemplates = append(s.ClaimTemplates, ClaimTemplate{s.place(v.Path), v.Name, append([]string{}, v.AccessModes...), v.Namespace})
	}
	for _, v := range w.Placeholders {
		s.Placeholders = append(s.Placeholders, Placeholder{s.place(v.Path), v.Text})
	}
	for _, v := range w.Missing {
		s.Missing = append(s.Missing, Missing{s.place(v.Path), v.Kind, v.Name, s.foreign(v.By, v.At)})
	}
	for _, v := range w.Refusals {
		refusal := Refusal{ID: s.place(v.Path), By: s.foreign(v.By, v.At), Kind: v.By.Kind, Name: v.By.Name, Text: v.Text}
		if n := v.By.Root.At(v.At); v.By.Kind == "Namespace" && n != nil {
			refusal.Level = n.Text
		}
		s.Context.Refusals = append(s.Context.Refusals, refusal)
	}
	for _, v := range w.Rooms {
		s.Context.Rooms = append(s.Context.Rooms, Room{
			ID: s.foreign(v.Quota.Document, v.Hard.Path), Name: v.Quota.Document.Name, Resource: v.Hard.Name,
			Hard: v.Hard.Quantity.String(), Used: v.Used.String(), Pods: v.Pods,
		})
	}
	for _, v := range w.Webhooks {
		s.Context.Webhooks = append(s.Context.Webhooks, Webhook{s.foreign(v.Document, v.Path), v.Name})
	}
	for _, v := range w.Misspelt {
		s.Misspelt = append(s.Misspelt, Misspelling{s.place(v.Path), v.Kind, v.Name, s.foreign(v.Meant, manifest.Keys("metadata", "name")), v.Meant.Name})
	}
	for _, path := range w.Written {
		s.Written = append(s.Written, Written{s.place(path), path.String()})
	}
}

// extended lists a container's extended resources.
func (s *Subject) extended(c *workload.Container) []Extended {
	list := make([]Extended, 0, len(c.Extended))
	for _, v := range c.Extended {
		list = append(list, Extended{s.place(v.Path), v.Name, v.Count})
	}
	return list
}
