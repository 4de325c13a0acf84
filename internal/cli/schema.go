package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/schema"
	"github.com/spf13/cobra"
)

type schemaOptions struct {
	io     *streams
	name   string // KIND[.path], "" lists the kinds
	depth  int    // levels of fields, 0 for all
	format string

	kubernetesVersion string
	gates             gatesFlag
}

// options say of which minor the fields are.
func (o *schemaOptions) options() schema.Options {
	return schema.Options{Minor: minorOf(o.kubernetesVersion), Gates: o.gates.value}
}

// minorOf reads 1.29 as 29, and "" as 0.
func minorOf(version string) int {
	_, minor, _ := strings.Cut(version, ".")
	n, _ := strconv.Atoi(minor) // the versions are our own
	return n
}

func newSchema(s *streams, run func(*schemaOptions) error) *cobra.Command {
	o := &schemaOptions{io: s, format: "text", kubernetesVersion: review.KubernetesVersions[0]}
	cmd := &cobra.Command{
		Use:   "schema [KIND[.path]]",
		Short: "List the kinds, or print one: its fields, since when, defaults and checks",
		Long: `List the kinds that are known, or print one of them or a field of it: types,
what is required, since which version, defaults and what is checked. A kind
that several API versions serve is written apiVersion/KIND for the older ones.

The list says how far objects of a kind are judged: full is as the server does,
main is what matters of that, shape is fields, types and what is required.`,
		Example: `  rollcast schema
  rollcast schema Deployment
  rollcast schema Pod.spec.containers.livenessProbe
  rollcast schema autoscaling/v1/HorizontalPodAutoscaler.spec
  rollcast schema --kubernetes-version 1.28 Pod.spec
  rollcast schema --depth 0 --format json CronJob`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("schema prints one kind at a time, but got %q", strings.Join(args, " "))
			}
			return nil
		},
		ValidArgsFunction: completeKinds,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.name = args[0]
			}
			if o.depth < 0 {
				return usagef("--depth %d: write a number of levels, or 0 for all", o.depth)
			}
			return run(o)
		},
	}
	cmd.Flags().Var(choice{&o.format, []string{"text", "json"}}, "format", "how it is written: text or json")
	cmd.Flags().Var(choice{&o.kubernetesVersion, review.KubernetesVersions}, "kubernetes-version", "what this minor of Kubernetes has: "+orList(review.KubernetesVersions))
	cmd.Flags().Var(&o.gates, "feature-gates", "feature gates that are not as this minor has them, `NAME=true|false,...`")
	cmd.Flags().IntVar(&o.depth, "depth", 2, "how many `LEVELS` of fields, 0 for all")
	return cmd
}

func runSchema(o *schemaOptions) error {
	if o.name == "" {
		return listKinds(o)
	}
	kind, path, err := findKind(o.name)
	if err != nil {
		return err
	}
	if added := minorOf(kind.Since); added > o.options().Minor {
		return usagef("%s %s came with Kubernetes %s", kind.APIVersion, kind.Kind, kind.Since)
	}
	field, known, err := schema.Describe(kind.APIVersion, kind.Kind, path, o.depth, o.options())
	var unknown *schema.UnknownFieldError
	if errors.As(err, &unknown) {
		return unknownField(kind, unknown)
	}
	if !known && len(path) > 0 {
		return usagef("the fields of %s %s are not known", kind.APIVersion, kind.Kind)
	}
	page := kindPage{Kind: kind, Path: strings.Join(path, "."), Field: field}
	if o.format == "json" {
		return writeJSON(o.io, page)
	}
	return page.write(o.io)
}

// findKind reads KIND.path or apiVersion/KIND.path. Without an apiVersion the
// one to use today is meant; kinds may be written in lower case.
func findKind(name string) (schema.Kind, []string, error) {
	apiVersion := ""
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		apiVersion, name = name[:i], name[i+1:]
	}
	parts := strings.Split(name, ".")
	for i := range parts[1:] {
		parts[i+1] = strings.TrimSuffix(parts[i+1], "[]")
	}
	var names, versions []string
	for _, k := range schema.Kinds() {
		names = append(names, k.Kind)
		if !strings.EqualFold(k.Kind, parts[0]) {
			continue
		}
		if apiVersion == "" || k.APIVersion == apiVersion {
			return k, parts[1:], nil
		}
		versions = append(versions, k.APIVersion)
	}
	if versions != nil {
		return schema.Kind{}, nil, unknownChoice("version of "+parts[0], apiVersion, versions)
	}
	hint := "see 'rollcast schema' for all"
	if near := nearest(parts[0], slices.Compact(names)); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return schema.Kind{}, nil, usagef("unknown kind %q (%s)", parts[0], hint)
}

func unknownField(k schema.Kind, e *schema.UnknownFieldError) error {
	holder := k.Kind
	if e.Holder != "" {
		holder += "." + e.Holder
	}
	if len(e.Names) == 0 {
		return usagef("%s has no fields, so no %q", holder, e.Name)
	}
	if near := nearest(e.Name, e.Names); near != "" {
		return usagef("%s has no field %q (did you mean %q?)", holder, e.Name, near)
	}
	return usagef("%s has no field %q: choose %s", holder, e.Name, orList(e.Names))
}

func writeJSON(s *streams, v any) error {
	e := json.NewEncoder(s.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// completeKinds completes the kinds, and after a dot the fields.
func completeKinds(_ *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	if i := strings.LastIndexByte(word, '.'); i >= 0 && i > strings.LastIndexByte(word, '/') {
		if k, path, err := findKind(word[:i]); err == nil {
			if f, ok, err := schema.Describe(k.APIVersion, k.Kind, path, 1, schema.Options{}); ok && err == nil {
				for _, sub := range f.Fields {
					words = append(words, word[:i+1]+sub.Name+"\t"+sub.Type)
				}
			}
		}
		return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	last := ""
	for _, k := range schema.Kinds() {
		if k.Removed == "" && k.Kind != last {
			words = append(words, k.Kind+"\t"+k.APIVersion)
			last = k.Kind
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
