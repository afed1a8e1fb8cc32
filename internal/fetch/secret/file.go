package secret

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"casus/internal/kg"
)

// maxFileBytes bounds a file with secrets.
const maxFileBytes = 64 << 10

// ownerOnly is the mode of files with secrets.
const ownerOnly fs.FileMode = 0o600

// ReadFile returns the content of a file with secrets, nil if it does not exist. If others may read or write it, it is
// made the owner's alone, and tightened is set: the caller says so. It returns BAD_INPUT for a file that is too large.
func ReadFile(path string) (content []byte, tightened bool, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	} else if err != nil {
		return nil, false, kg.Errorf(kg.BadInput, "cannot read %s: %w", path, err)
	}
	defer func() { _ = f.Close() }() // nothing was written
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, false, kg.Errorf(kg.BadInput, "cannot read %s: %w", path, err)
	case !info.Mode().IsRegular():
		return nil, false, kg.Errorf(kg.BadInput, "%s is not a regular file", path)
	case info.Mode().Perm()&^ownerOnly != 0:
		if err := f.Chmod(ownerOnly); err != nil {
			return nil, false, kg.Errorf(kg.Forbidden, "%s holds a secret and others may read it (mode %o): %w",
				path, info.Mode().Perm(), err)
		}
		tightened = true
	}
	content, err = io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	switch {
	case err != nil:
		return nil, tightened, kg.Errorf(kg.BadInput, "cannot read %s: %w", path, err)
	case len(content) > maxFileBytes:
		return nil, tightened, kg.Errorf(kg.BadInput, "%s has more than %d bytes", path, maxFileBytes)
	}
	return content, tightened, nil
}

// WriteFile replaces a file with secrets at once, with mode 0600. It creates the folder, for the owner only.
func WriteFile(path string, content []byte) error {
	folder := filepath.Dir(path)
	if err := MakeFolder(folder); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, "."+filepath.Base(path)+"-*") // its mode is 0600
	if err != nil {
		return kg.Errorf(kg.BadInput, "cannot write %s: %w", path, err)
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(kg.Errorf(kg.Internal, "cannot write %s: %w", path, err), os.Remove(f.Name()))
	}
	return nil
}

// MakeFolder creates a folder, for its owner only, unless it exists.
func MakeFolder(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return kg.Errorf(kg.BadInput, "cannot create %s: %w", folder, err)
	}
	return nil
}

// ReadToken returns the token in a file that holds nothing else, and whether the file had to be tightened. It returns
// NOT_FOUND for a missing file. Errors never repeat the content.
func ReadToken(path string) (token Secret, tightened bool, err error) {
	content, tightened, err := ReadFile(path)
	if err != nil {
		return "", tightened, err
	}
	if content == nil {
		return "", false, kg.Errorf(kg.NotFound, "%s: no such file", path)
	}
	if token, err = ParseToken(string(content)); err != nil {
		return "", tightened, kg.Errorf(kg.BadInput, "%s: %w", path, err)
	}
	return token, tightened, nil
}

// ParseToken returns the token in a text, without white space around it. It returns BAD_INPUT for a text that cannot be
// sent in a header, without repeating it.
func ParseToken(text string) (Secret, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", kg.Errorf(kg.BadInput, "there is no token")
	case len(text) > 8<<10:
		return "", kg.Errorf(kg.BadInput, "too long for a token")
	case strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", kg.Errorf(kg.BadInput, "not one token: it has white space or characters beyond ASCII")
	}
	return Secret(text), nil
}
