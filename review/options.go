package review

import (
	"time"

	"github.com/rollcast/rollcast/config"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/schema"
	"github.com/rollcast/rollcast/workload"
)

// KubernetesVersions are the minors that can be judged, newest first.
var KubernetesVersions = []string{"1.36", "1.35", "1.34", "1.33", "1.32", "1.31", "1.30", "1.29", "1.28", "1.27", "1.26", "1.25"}

// Input is what a run judges.
type Input struct {
	Files   []*manifest.File // judged and reported
	Context []*manifest.File // read for what it says of Files, not reported
	Skipped []Skipped        // what was met and not read
	// Incomplete says that objects which are applied together with Files may
	// be missing: rules that need them stay silent.
	Incomplete bool
}

// Options are how a run judges.
type Options struct {
	KubernetesVersion string          // one of KubernetesVersions; "" for the newest
	FeatureGates      map[string]bool // those that are not as the minor has them
	At                time.Time       // the present for schedules; zero for a fixed instant
	Profile           rules.Profile
	// Only, where not empty, names the rules that are reported; Disable names
	// rules that are not. Both take the fixed ids and the names of rule folders.
	Only, Disable []string
	// Config says how findings are treated, file by file; nil for as they are.
	Config *config.Config
	// NoIgnores disregards the comments that ignore findings.
	NoIgnores bool
	// Baseline hides known findings; nil hides none.
	Baseline *Baseline
	// Users are folders of users' rules, which run besides the shipped ones.
	Users []rules.Folder
	// Schemas are users' schemas of custom resources; nil for none. The
	// definitions in a set count besides.
	Schemas *schema.Custom
	// House is what users demand of their objects; its findings are house/NAME.
	House []*schema.House
	// WithoutRules runs no rules: plan shows none of their findings.
	WithoutRules bool
	// WithoutSteps keeps no steps of the plans: lint shows none, and thousands
	// of long rollouts would fill the memory.
	WithoutSteps bool
	// Pool is the nodes that there are; nil where nobody said.
	Pool *workload.Pool
	// Play is what a plan shows instead of the default scenario.
	Play *Play
}
