package git

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// blobs reads objects through one `git cat-file --batch`, which is started by
// the first read. Objects are asked for by id, never by a name.
type blobs struct {
	turn  sync.Mutex // held while a blob is open
	start sync.Mutex
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *bufio.Reader
	said  limited
	err   error // the stream is out of step, or was never there
}

// A blob is an object that is being read.
type blob struct {
	from *blobs
	size int64
	left int64 // bytes of it that are still in the stream
	done bool
}

func (b *blobs) run(ctx context.Context, r *Repo) error {
	b.start.Lock()
	defer b.start.Unlock()
	if b.cmd != nil || b.err != nil {
		return b.err
	}
	cmd := r.command(ctx, "cat-file", "--batch")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	b.said.most = 64 << 10
	cmd.Stderr = &b.said
	if b.err = cmd.Start(); b.err != nil {
		return b.err
	}
	b.cmd, b.in, b.out = cmd, in, bufio.NewReaderSize(out, 64<<10)
	return nil
}

// open asks for an object and waits for its turn.
func (b *blobs) open(ctx context.Context, r *Repo, id string) (*blob, error) {
	b.turn.Lock()
	o, err := b.ask(ctx, r, id)
	if err != nil {
		b.turn.Unlock()
	}
	return o, err
}

func (b *blobs) ask(ctx context.Context, r *Repo, id string) (*blob, error) {
	if err := b.run(ctx, r); err != nil {
		return nil, err
	}
	if b.err != nil {
		return nil, b.err
	}
	if _, err := io.WriteString(b.in, id+"\n"); err != nil {
		return nil, b.broken(err)
	}
	head, err := b.out.ReadString('\n')
	if err != nil {
		return nil, b.broken(err)
	}
	parts := strings.Fields(head)
	if len(parts) == 2 && parts[1] == "missing" {
		return nil, errors.New("the object is not in this clone: run `git fetch --refetch --no-filter`")
	}
	if len(parts) != 3 || parts[1] != "blob" {
		return nil, b.broken(fmt.Errorf("git answered %q", strings.TrimSpace(head)))
	}
	size, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil || size < 0 {
		return nil, b.broken(fmt.Errorf("git answered %q", strings.TrimSpace(head)))
	}
	return &blob{from: b, size: size, left: size}, nil
}

// broken ends all reading: what follows in the stream cannot be told.
func (b *blobs) broken(err error) error {
	if said := strings.TrimSpace(b.said.String()); said != "" {
		err = errors.New(said)
	}
	b.err = fmt.Errorf("git cannot read the object: %w", err)
	return b.err
}

func (b *blobs) close() error {
	b.start.Lock()
	defer b.start.Unlock()
	if b.cmd == nil {
		return nil
	}
	b.in.Close()
	err := b.cmd.Wait()
	b.cmd, b.err = nil, errors.New("the tree is closed")
	return err
}

func (o *blob) read(p []byte) (int, error) {
	if o.left == 0 || o.done {
		return 0, io.EOF
	}
	n, err := o.from.out.Read(p[:min(int64(len(p)), o.left)])
	o.left -= int64(n)
	if err != nil {
		err = o.from.broken(err)
	}
	return n, err
}

// close skips what was not read, and the line end after it.
func (o *blob) close() error {
	if o.done {
		return nil
	}
	o.done = true
	defer o.from.turn.Unlock()
	if o.from.err != nil {
		return nil
	}
	if _, err := io.CopyN(io.Discard, o.from.out, o.left+1); err != nil {
		return o.from.broken(err)
	}
	return nil
}
