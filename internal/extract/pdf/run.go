package pdf

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"

	"casus/internal/kg"
)

const (
	// maxTime bounds the time of a program.
	maxTime = time.Minute
	// maxMessages bounds the bytes of its messages.
	maxMessages = 4 << 10
	// maxMemory bounds its memory in KiB, where there is a shell to do so.
	maxMemory = "4194304"
)

// run runs a program of Poppler with the file on its standard input, so no name of a file is part of its command line,
// and without the environment, so that it has no key and no proxy. It is killed when it has written more than limit
// bytes, or after maxTime.
func run(ctx context.Context, content []byte, limit int, program string, args ...string) ([]byte, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, kg.Errorf(kg.Unavailable, "PDF files are read by %s, which is not installed: install Poppler (Debian "+
			"and Ubuntu: apt install poppler-utils; macOS: brew install poppler), or save the file as text", program)
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	command := []string{path}
	if shell, err := exec.LookPath("sh"); err == nil {
		command = []string{shell, "-c", "ulimit -v " + maxMemory + ` 2>/dev/null; exec "$0" "$@"`, path}
	}
	command = append(command, args...)
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = []string{"LC_ALL=C", "HOME=/", "TMPDIR=" + os.TempDir()}
	cmd.Dir = os.TempDir()
	cmd.WaitDelay = time.Second
	cmd.Stdin = bytes.NewReader(content)
	out, messages := &bounded{limit: limit, exceeded: cancel}, &bounded{limit: maxMessages}
	cmd.Stdout, cmd.Stderr = out, messages
	err = cmd.Run()
	switch {
	case out.cut:
		return nil, kg.Errorf(kg.BadInput, "the PDF has a text of more than %d bytes", limit)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, kg.Errorf(kg.Timeout, "%s took more than %v", program, maxTime)
	case ctx.Err() != nil:
		return nil, kg.Errorf(kg.Timeout, "%s was stopped: %w", program, ctx.Err())
	case err != nil:
		return nil, failure(program, string(messages.content), err)
	}
	return out.content, nil
}

// failure returns the error of a program that failed.
func failure(program, messages string, err error) error {
	switch exit := (*exec.ExitError)(nil); {
	case strings.Contains(messages, "Incorrect password"):
		return kg.Errorf(kg.BadInput, "the PDF is encrypted: save a copy without its password")
	case errors.As(err, &exit) && exit.ExitCode() == 3:
		return kg.Errorf(kg.BadInput, "the PDF does not allow copying its text")
	}
	message, _, _ := strings.Cut(strings.TrimSpace(strings.ToValidUTF8(messages, "")), "\n")
	if message == "" {
		message = "no reason stated"
	}
	return kg.Errorf(kg.BadInput, "%s cannot read the PDF (%.200q): %w", program, message, err)
}

// bounded keeps at most limit bytes. It embeds no buffer, whose ReadFrom would be used in place of Write.
type bounded struct {
	content  []byte
	limit    int
	cut      bool
	exceeded func() // may be nil
}

func (b *bounded) Write(p []byte) (int, error) {
	left := b.limit - len(b.content)
	b.content = append(b.content, p[:min(left, len(p))]...)
	if len(p) > left {
		if b.cut = true; b.exceeded != nil {
			b.exceeded()
		}
	}
	return len(p), nil
}
