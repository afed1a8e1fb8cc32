package access

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"casus/internal/kg"
)

// ReadFile reads a token file. A file without tokens is an error: it would open the server.
func ReadFile(path string) (Tokens, error) {
	tokens, _, err := readFile(path)
	if err == nil && tokens.Empty() {
		err = kg.Errorf(kg.BadInput, "%s has no tokens: `casus token new NAME --file %s` adds one", path, path)
	}
	return tokens, err
}

// readFile returns the tokens of a file and its text.
func readFile(path string) (Tokens, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return Tokens{}, "", err
	}
	defer func() { _ = f.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, maxTokenBytes+1))
	if err != nil {
		return Tokens{}, "", fmt.Errorf("read %s: %w", path, err)
	}
	tokens, err := ParseHashed(string(text))
	if err != nil {
		return Tokens{}, "", fmt.Errorf("%s: %w", path, err)
	}
	return tokens, string(text), nil
}

// AppendFile adds a token to a token file. A new file is readable and writable only for its owner.
func AppendFile(path string, token Token) (err error) {
	tokens, text, err := readFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := tokens.add(token); err != nil {
		return kg.Errorf(kg.Conflict, "%s: %w", path, err)
	}
	line := token.Line() + "\n"
	if text != "" && !strings.HasSuffix(text, "\n") {
		line = "\n" + line
	}
	if len(tokens.list) > maxTokens || len(text)+len(line) > maxTokenBytes {
		return kg.Errorf(kg.LimitExceeded,
			"%s is full: a token file has at most %d tokens and %d bytes", path, maxTokens, maxTokenBytes)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.WriteString(line); err != nil {
		return err
	}
	return f.Sync()
}
