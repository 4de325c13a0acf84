package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
	"github.com/spf13/pflag"
)

// An imagesFlag is what kubectl set image takes: CONTAINER=IMAGE. It is
// repeatable, and the last word on a container counts.
type imagesFlag struct{ value map[string]string }

var _ pflag.Value = (*imagesFlag)(nil)

func (f *imagesFlag) String() string { return "" }

func (f *imagesFlag) Type() string { return "CONTAINER=IMAGE" }

func (f *imagesFlag) Set(s string) error {
	for _, pair := range strings.Split(s, ",") {
		name, image, _ := strings.Cut(pair, "=")
		if name == "" || image == "" {
			return fmt.Errorf("%q is not CONTAINER=IMAGE, such as web=shop/web:1.2", pair)
		}
		if f.value == nil {
			f.value = map[string]string{}
		}
		f.value[name] = image
	}
	return nil
}

// judge plans the manifests, or the change from a base to them. An image that is
// set is a change from the manifests as they are, if no base is named.
func (o *planOptions) judge(options review.Options) (res *review.Result, failed bool, err error) {
	if !o.compare && len(o.images.value) == 0 {
		return o.common.judge(o.io, o.paths, options)
	}
	if err := o.common.complete(&options); err != nil {
		return nil, false, err
	}
	ctx := context.Background()
	var base review.Base
	var in review.Input
	var errs []error
	if o.compare {
		r := baseReader{ctx: ctx, streams: o.io, flags: &o.common, paths: o.paths, named: o.base}
		base, in, err = r.read()
		errs = r.errs
	} else {
		in, errs, err = o.common.read(o.io, o.paths)
		base = review.Base{Name: "the manifests as they are", Files: in.Files, Context: in.Context}
	}
	if err != nil {
		return nil, false, err
	}
	if in.Files, err = o.images.set(in.Files); err != nil {
		return nil, false, err
	}
	if res, err = review.Compare(ctx, base, in, options); err != nil {
		return nil, false, err
	}
	return res, o.common.failures(o.io, append(errs, res.Failures...)), nil
}

// set gives the files with the images in them; those that hold none of the
// containers stay the same.
func (f *imagesFlag) set(files []*manifest.File) ([]*manifest.File, error) {
	names := map[string]bool{}
	out := slices.Clone(files)
	for i, file := range files {
		var edits []imageEdit
		for _, d := range file.Documents {
			edits = append(edits, f.edits(d, names)...)
		}
		if len(edits) > 0 {
			out[i] = manifest.Parse(file.Name, applied(file.Data, edits), manifest.Options{})
			out[i].Stdin = file.Stdin
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.value)) {
		if !names[name] {
			near := nearest(name, slices.Sorted(maps.Keys(names)))
			if near != "" {
				near = fmt.Sprintf(": did you mean %q?", near)
			}
			return nil, usagef("--set-image: no container is called %q%s", name, near)
		}
	}
	return out, nil
}

// An imageEdit replaces the bytes of one image.
type imageEdit struct {
	start, end int
	text       []byte
}

// edits are those of one workload; names gathers what its containers are called.
func (f *imagesFlag) edits(d *manifest.Document, names map[string]bool) (edits []imageEdit) {
	template, ok := review.TemplatePath(d)
	if !ok {
		return nil
	}
	for _, list := range []string{"containers", "initContainers"} {
		containers := d.Root.At(template.Append(manifest.Keys("spec", list)...))
		if containers == nil {
			continue
		}
		for _, c := range containers.Items {
			name, image := c.Get("name"), c.Get("image")
			if name == nil || image == nil {
				continue
			}
			names[name.Text] = true
			if want, ok := f.value[name.Text]; ok {
				at := d.File.NodeRange(image)
				edits = append(edits, imageEdit{at.Start.Byte, at.End.Byte, strconv.AppendQuote(nil, want)})
			}
		}
	}
	return edits
}

// applied is the data with the edits in it. An anchor stays, for its aliases.
func applied(data []byte, edits []imageEdit) []byte {
	slices.SortFunc(edits, func(a, b imageEdit) int { return cmp.Compare(b.start, a.start) })
	edits = slices.CompactFunc(edits, func(a, b imageEdit) bool { return a.start == b.start })
	data = bytes.Clone(data)
	for _, e := range edits {
		if old := data[e.start:e.end]; bytes.HasPrefix(old, []byte("&")) {
			e.start += max(0, bytes.IndexByte(old, ' ')+1)
		}
		data = slices.Replace(data, e.start, e.end, e.text...)
	}
	return data
}
