//go:build ignore

// Command release builds what a release consists of into dist/release: an
// archive for each platform, config.schema.json, a bill of materials, and
// checksums.txt of them all. The same commit gives the same bytes on every
// machine that has the same Go: paths are trimmed, times are the commit's, and
// Go's own compressors write the archives.
//
//	go run .ci/release/main.go [-version v1.2.3] [-platforms linux/amd64,…] [-out DIR]
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

const cli = "github.com/rollcast/rollcast/internal/cli"

func main() {
	version := flag.String("version", "", "default: what git describe says")
	platforms := flag.String("platforms", "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64,windows/arm64", "")
	out := flag.String("out", "dist/release", "")
	flag.Parse()
	if *version == "" {
		*version = git("describe", "--tags", "--always", "--dirty")
	}
	if err := release(*version, strings.Split(*platforms, ","), *out); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func release(version string, platforms []string, out string) error {
	seconds, err := strconv.ParseInt(git("log", "-1", "--format=%ct"), 10, 64)
	if err != nil {
		return err
	}
	when, commit := time.Unix(seconds, 0).UTC(), git("rev-parse", "HEAD")
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)

	// One binary for this machine writes what archives hold beside theirs.
	self := filepath.Join(tmp, "rollcast")
	if err := build(self, version, commit); err != nil {
		return err
	}
	texts, err := texts(self)
	if err != nil {
		return err
	}
	files := map[string][]byte{"config.schema.json": texts["config.schema.json"]}
	modules := map[string]string{}
	for _, p := range platforms {
		goos, arch, _ := strings.Cut(p, "/")
		binary := filepath.Join(tmp, goos+"-"+arch)
		if err := build(binary, version, commit, "GOOS="+goos, "GOARCH="+arch); err != nil {
			return err
		}
		if err := addModules(modules, binary); err != nil {
			return err
		}
		name, data, err := archive(strings.TrimPrefix(version, "v"), goos, arch, binary, texts, when)
		if err != nil {
			return err
		}
		files[name] = data
	}
	files["rollcast_"+strings.TrimPrefix(version, "v")+".cdx.json"] = bill(version, modules)
	var sums strings.Builder
	for _, name := range sorted(files) {
		if err := os.WriteFile(filepath.Join(out, name), files[name], 0o644); err != nil {
			return err
		}
		line := fmt.Sprintf("%x  %s\n", sha256.Sum256(files[name]), name)
		sums.WriteString(line)
		fmt.Print(line)
	}
	return os.WriteFile(filepath.Join(out, "checksums.txt"), []byte(sums.String()), 0o644)
}

// build makes a binary that knows its version and commit, and nothing of the
// machine it was made on.
func build(to, version, commit string, env ...string) error {
	flags := fmt.Sprintf("-s -w -buildid= -X %s.version=%s -X %s.commit=%s", cli, version, cli, commit)
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", flags, "-o", to, "./cmd/rollcast")
	cmd.Env = append(append(os.Environ(), "CGO_ENABLED=0", "GOAMD64=v1", "GOARM64=v8.0"), env...)
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// texts are the files that every archive holds beside the binary.
func texts(self string) (map[string][]byte, error) {
	texts := map[string][]byte{}
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		texts[name] = data
	}
	for name, args := range map[string][]string{
		"config.schema.json":        {"config", "schema"},
		"completions/rollcast.bash": {"completion", "bash"},
		"completions/_rollcast":     {"completion", "zsh"},
		"completions/rollcast.fish": {"completion", "fish"},
		"completions/rollcast.ps1":  {"completion", "powershell"},
	} {
		data, err := exec.Command(self, args...).Output()
		if err != nil {
			return nil, fmt.Errorf("rollcast %s: %w", strings.Join(args, " "), err)
		}
		texts[name] = data
	}
	man, err := os.MkdirTemp("", "man")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(man)
	if out, err := exec.Command(self, "man", man).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("rollcast man: %w: %s", err, out)
	}
	pages, err := filepath.Glob(filepath.Join(man, "*.1"))
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		if texts["man/man1/"+filepath.Base(page)], err = os.ReadFile(page); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// archive packs a binary: zip for Windows, tar.gz elsewhere.
func archive(version, goos, arch, binary string, texts map[string][]byte, when time.Time) (string, []byte, error) {
	data, err := os.ReadFile(binary)
	if err != nil {
		return "", nil, err
	}
	name := fmt.Sprintf("rollcast_%s_%s_%s", version, goos, arch)
	var b bytes.Buffer
	if goos == "windows" {
		z := zip.NewWriter(&b)
		add := func(file string, data []byte) error {
			w, err := z.CreateHeader(&zip.FileHeader{Name: file, Method: zip.Deflate, Modified: when})
			if err == nil {
				_, err = w.Write(data)
			}
			return err
		}
		err = addAll(add, "rollcast.exe", data, texts)
		return name + ".zip", b.Bytes(), first(err, z.Close())
	}
	g, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	t := tar.NewWriter(g)
	add := func(file string, data []byte) error {
		mode := int64(0o644)
		if file == "rollcast" {
			mode = 0o755
		}
		err := t.WriteHeader(&tar.Header{Name: file, Mode: mode, Size: int64(len(data)), ModTime: when, Format: tar.FormatUSTAR})
		if err == nil {
			_, err = t.Write(data)
		}
		return err
	}
	err = addAll(add, "rollcast", data, texts)
	err = first(err, t.Close(), g.Close())
	return name + ".tar.gz", b.Bytes(), err
}

func addAll(add func(string, []byte) error, binary string, data []byte, texts map[string][]byte) error {
	err := add(binary, data)
	for _, name := range sorted(texts) {
		err = first(err, add(name, texts[name]))
	}
	return err
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// addModules notes the modules that a binary was linked from.
func addModules(modules map[string]string, binary string) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		modules[m.Path] = m.Version
	}
	modules["stdlib"] = strings.TrimPrefix(info.GoVersion, "go")
	return nil
}

// bill is the bill of materials in CycloneDX 1.5: every module in one of the
// binaries. It holds no time and no serial number, which would differ.
func bill(version string, modules map[string]string) []byte {
	type component struct {
		Type    string `json:"type"`
		Ref     string `json:"bom-ref"`
		Name    string `json:"name"`
		Version string `json:"version"`
		URL     string `json:"purl"`
	}
	of := func(kind, name, version string) component {
		url := "pkg:golang/" + strings.ToLower(name) + "@" + version
		return component{kind, url, name, version, url}
	}
	var list []component
	for _, path := range sorted(modules) {
		list = append(list, of("library", path, modules[path]))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	err := e.Encode(map[string]any{
		"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
		"metadata":   map[string]any{"component": of("application", "github.com/rollcast/rollcast", version)},
		"components": list,
	})
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}

func git(args ...string) string {
	out, err := exec.Command("git", args...).Output()
	if err != nil {
		fmt.Fprintf(os.Stderr, "release: git %s: %v\n", strings.Join(args, " "), err)
		os.Exit(1)
	}
	return strings.TrimSpace(string(out))
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
