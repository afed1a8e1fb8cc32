package extraction

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"casus/internal/kg"
	"casus/internal/terminal"
)

// keyboard reads keys of a terminal one at a time, and lines of any other input.
type keyboard struct {
	reader *bufio.Reader
	fd     int // of a terminal, else -1
}

func newKeyboard(in io.Reader) *keyboard {
	k := &keyboard{reader: bufio.NewReader(in), fd: -1}
	if f, ok := in.(interface{ Fd() uintptr }); ok && terminal.Is(in) {
		k.fd = int(f.Fd())
	}
	return k
}

// The control characters that end a review: Ctrl-C and Ctrl-D.
const (
	interruptKey = "\x03"
	endKey       = "\x04"
)

// key returns a key, and of a line what follows it.
func (k *keyboard) key(out io.Writer) (key, argument string, err error) {
	_, _ = io.WriteString(out, "> ") // fails as the next output does
	if k.fd < 0 {
		line, err := k.readLine()
		if err != nil {
			return "", "", err
		}
		_, _ = fmt.Fprintln(out, clean(line))
		key, argument, _ = strings.Cut(line, " ")
		if key == "" {
			key = "n"
		}
		return key, strings.TrimSpace(argument), nil
	}
	state, err := term.MakeRaw(k.fd)
	if err != nil {
		return "", "", kg.Errorf(kg.Unavailable, "read a key: %w", err)
	}
	r, _, err := k.reader.ReadRune()
	if e := term.Restore(k.fd, state); err == nil {
		err = e
	}
	if err != nil {
		return "", "", err
	}
	switch key = string(r); key {
	case interruptKey, endKey:
		key = "q"
	case "\r", "\n", " ":
		key = "n"
	case "\x1b": // the rest of an arrow's sequence
		_, _ = k.reader.Discard(k.reader.Buffered())
		key = "?"
	}
	_, _ = fmt.Fprintln(out, clean(key))
	return key, "", nil
}

// line asks for a line.
func (k *keyboard) line(out io.Writer, prompt string) (string, error) {
	_, _ = io.WriteString(out, prompt)
	line, err := k.readLine()
	return strings.TrimSpace(line), err
}

// maxLine bounds a line, which may be an edited record.
const maxLine = 4 << 20

func (k *keyboard) readLine() (string, error) {
	var line []byte
	for {
		part, isPrefix, err := k.reader.ReadLine()
		if err != nil {
			return "", err
		}
		if line = append(line, part...); len(line) > maxLine {
			return "", kg.Errorf(kg.BadInput, "a line has more than %d bytes", maxLine)
		}
		if !isPrefix {
			return string(line), nil
		}
	}
}

// inEditor returns what a person makes of JSON in an editor.
func inEditor(ctx context.Context, k *keyboard, content []byte) (edited []byte, err error) {
	editor := strings.Fields(os.Getenv("VISUAL"))
	if len(editor) == 0 {
		editor = strings.Fields(os.Getenv("EDITOR"))
	}
	if len(editor) == 0 {
		return nil, kg.Errorf(kg.BadInput, "set $VISUAL or $EDITOR to an editor")
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, content, "", "  "); err != nil {
		return nil, kg.Errorf(kg.Internal, "show the record: %w", err)
	}
	folder, err := os.MkdirTemp("", "casus-review-")
	if err != nil {
		return nil, kg.Errorf(kg.Unavailable, "create a file to edit: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // a temporary folder
	path := folder + string(os.PathSeparator) + "record.json"
	if err := os.WriteFile(path, append(indented.Bytes(), '\n'), 0o600); err != nil {
		return nil, kg.Errorf(kg.Unavailable, "write a file to edit: %w", err)
	}
	c := exec.CommandContext(ctx, editor[0], append(editor[1:], path)...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if k.fd >= 0 {
		c.Stdin = os.Stdin
	}
	if err := c.Run(); err != nil {
		return nil, kg.Errorf(kg.Unavailable, "run %s: %w", editor[0], err)
	}
	return readFile("the edited record", path, nil, maxLine)
}

// clean returns a text without characters that control a terminal or the direction of writing.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ', r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == utf8.RuneError:
			return '\uFFFD'
		}
		return r
	}, s)
}
