package play

import (
	"fmt"
	"math"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

var appLabels = map[string]string{"app": "web"}

// deploymentObject is the Deployment that a spec was read from, with revision
// 1 of its template.
func deploymentObject(spec planner.Spec) (*appsv1.Deployment, error) {
	minReady, err := longSeconds(spec.MinReadySeconds)
	if err != nil {
		return nil, err
	}
	deadline, err := longDeadline(spec.ProgressDeadlineSeconds)
	if err != nil {
		return nil, err
	}
	d := &appsv1.Deployment{
		ObjectMeta: metav1.ObjectMeta{Name: "web"},
		Spec: appsv1.DeploymentSpec{
			Replicas:                &spec.Replicas,
			Selector:                &metav1.LabelSelector{MatchLabels: appLabels},
			MinReadySeconds:         minReady,
			ProgressDeadlineSeconds: deadline,
			RevisionHistoryLimit:    &spec.RevisionHistoryLimit,
			Paused:                  spec.Paused,
		},
	}
	setStrategy(&d.Spec.Strategy, &spec.Strategy.Type, &spec.Strategy.MaxSurge, &spec.Strategy.MaxUnavailable)
	setTemplate(&d.Spec.Template, 1)
	return d, nil
}

// setTemplate writes a pod template that differs from all others.
func setTemplate(template *corev1.PodTemplateSpec, n int) {
	grace := int64(30)
	*template = corev1.PodTemplateSpec{
		ObjectMeta: metav1.ObjectMeta{Labels: appLabels},
		Spec: corev1.PodSpec{
			Containers:                    []corev1.Container{{Name: "web", Image: fmt.Sprintf("web:%d", n)}},
			RestartPolicy:                 corev1.RestartPolicyAlways,
			TerminationGracePeriodSeconds: &grace,
		},
	}
}

// setStrategy writes what is given. A strategy that becomes RollingUpdate
// without numbers gets the API's defaults of 25 %.
func setStrategy(s *appsv1.DeploymentStrategy, kind *planner.StrategyType, surge, unavailable *planner.IntOrPercent) {
	if kind != nil {
		s.Type = appsv1.DeploymentStrategyType(*kind)
	}
	if s.Type == appsv1.RecreateDeploymentStrategyType {
		s.RollingUpdate = nil
		return
	}
	if s.RollingUpdate == nil {
		quarter := intstr.FromString("25%")
		s.RollingUpdate = &appsv1.RollingUpdateDeployment{MaxSurge: &quarter, MaxUnavailable: &quarter}
	}
	if surge != nil {
		s.RollingUpdate.MaxSurge = intOrString(*surge)
	}
	if unavailable != nil {
		s.RollingUpdate.MaxUnavailable = intOrString(*unavailable)
	}
}

func intOrString(v planner.IntOrPercent) *intstr.IntOrString {
	s := intstr.FromInt32(v.Value)
	if v.Percent {
		s = intstr.FromString(v.String())
	}
	return &s
}

// longSeconds stretches a duration of an object's spec to virtual time.
func longSeconds(n int32) (int32, error) {
	if n > math.MaxInt32/cluster.LongSeconds {
		return 0, fmt.Errorf("%d s is too long to be stretched by %d", n, cluster.LongSeconds)
	}
	return n * cluster.LongSeconds, nil
}

// longDeadline is longSeconds for progressDeadlineSeconds, whose largest value
// means none.
func longDeadline(n int32) (*int32, error) {
	if n == math.MaxInt32 {
		return &n, nil
	}
	n, err := longSeconds(n)
	return &n, err
}

func seconds(n int32) time.Duration { return time.Duration(n) * time.Second }
