package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// outputFlags say in which formats the results go where.
type outputFlags struct {
	formats []string // that the command can write, the default first
	format  string
	outputs []string
}

func (f *outputFlags) register(cmd *cobra.Command, formats ...string) {
	f.formats, f.format = formats, formats[0]
	cmd.Flags().Var(choice{&f.format, formats}, "format", "how results are written: "+orList(formats))
	cmd.Flags().StringArrayVar(&f.outputs, "output", nil,
		"write results to a `FILE` instead of standard output; FORMAT=FILE, repeatable, writes a further format")
}

// A target is one format and where it goes.
type target struct {
	format string
	file   string // "" for standard output
}

var formatWord = regexp.MustCompile(`^[a-z]+$`)

// targets reads the two flags. Standard output gets --format, unless a plain
// --output FILE sends that to a file.
func (f *outputFlags) targets() ([]target, error) {
	first := target{format: f.format}
	var more []target
	for _, o := range f.outputs {
		format, file, pair := strings.Cut(o, "=")
		switch {
		case pair && slices.Contains(f.formats, format) && file != "":
			if file == "-" {
				file = ""
			}
			more = append(more, target{format, file})
		case pair && formatWord.MatchString(format):
			if file == "" {
				return nil, usagef("--output %q names no file: write FORMAT=FILE", o)
			}
			return nil, unknownChoice("format", format, f.formats)
		case o == "":
			return nil, usagef("--output needs a file name")
		case first.file != "":
			return nil, usagef("--output %q: a second file needs a format of its own, FORMAT=FILE", o)
		case o != "-":
			first.file = o
		}
	}
	return append([]target{first}, more...), nil
}

// write renders each target completely before a byte of it is written, so that
// a failure leaves no half file.
func (f *outputFlags) write(s *streams, render func(w io.Writer, format string, toTerminal bool) error) error {
	targets, err := f.targets()
	if err != nil {
		return err
	}
	for _, t := range targets {
		var b bytes.Buffer
		if err := render(&b, t.format, t.file == ""); err != nil {
			return fmt.Errorf("cannot write %s: %w", t.format, err)
		}
		if t.file == "" {
			_, err = s.out.Write(b.Bytes())
		} else {
			if err = replaceFile(t.file, b.Bytes()); err != nil {
				err = unwritten(t.file, err)
			}
		}
		if err != nil {
			return fmt.Errorf("cannot write results: %w", err)
		}
	}
	return nil
}

// unwritten is the error for the file that the user named, whichever file the
// system complains of.
func unwritten(name string, err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// replaceFile writes a file so that readers see the old content or the new
// one, never a part. What is no regular file, /dev/null say, is written to.
func replaceFile(name string, data []byte) error {
	mode := fs.FileMode(0o666) // less the umask
	if resolved, err := filepath.EvalSymlinks(name); err == nil {
		name = resolved // replace what a link points to, not the link
	}
	switch info, err := os.Stat(name); {
	case err == nil && info.IsDir():
		return errors.New("is a folder")
	case err == nil && !info.Mode().IsRegular():
		return os.WriteFile(name, data, mode)
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	part := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.part", filepath.Base(name), os.Getpid()))
	interrupt := make(chan os.Signal, 1)
	signal.Notify(interrupt, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(interrupt)
	err := os.WriteFile(part, data, mode)
	select {
	case s := <-interrupt:
		err = cmp.Or(err, fmt.Errorf("%s", s))
	default:
	}
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		os.Remove(part)
	}
	return err
}
