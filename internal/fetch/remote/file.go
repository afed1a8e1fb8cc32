package remote

import (
	"crypto/md5" //nolint:gosec // sources publish it, and it finds damage; nothing is trusted because of it
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"

	"casus/internal/kg"
)

// File is a file to download.
type File struct {
	// Path is where it is stored once it is complete. Until then, what has come is in Path.part.
	Path string
	// Size is its size in bytes. More is never stored.
	Size int64
	// MD5 is its checksum, in lower-case hexadecimal digits.
	MD5 string
}

// Complete reports whether the file is stored, with its size and its checksum.
func (f File) Complete() bool {
	info, err := os.Stat(f.Path)
	if err != nil || info.Size() != f.Size {
		return false
	}
	sum, err := md5Of(f.Path)
	return err == nil && sum == f.MD5
}

func (f File) part() string { return f.Path + ".part" }

// statePath is the file of the part's state.
func (f File) statePath() string { return f.part() + ".json" }

// partState says of which content a partial download is a part.
type partState struct {
	ETag string `json:"etag,omitempty"`
	MD5  string `json:"md5"`
}

// resumable returns how many bytes of the same content have come, and the entity tag of that content. It returns 0 if
// the download has to begin again.
func (f File) resumable() (done int64, etag string) {
	content, err := os.ReadFile(f.statePath())
	if err != nil {
		return 0, ""
	}
	var state partState
	info, err := os.Stat(f.part())
	if err != nil || json.Unmarshal(content, &state) != nil || state.MD5 != f.MD5 || info.Size() > f.Size {
		return 0, ""
	}
	return info.Size(), state.ETag
}

// openPart opens the partial file for writing after its first done bytes. If there are none, it writes the state first.
func (f File) openPart(done int64, etag string) (part *os.File, err error) {
	if done == 0 {
		content, err := json.Marshal(partState{etag, f.MD5})
		if err != nil {
			return nil, kg.Errorf(kg.Internal, "%w", err)
		}
		// A part of the content before must not be taken for one of this content.
		if err := errors.Join(f.discard(), os.WriteFile(f.statePath(), content, 0o666)); err != nil {
			return nil, kg.Errorf(kg.BadInput, "cannot write %s: %w", f.statePath(), err)
		}
	}
	if part, err = os.OpenFile(f.part(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666); err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot write %s: %w", f.part(), err)
	}
	return part, nil
}

// finish checks the partial file and moves it into its place.
func (f File) finish() error {
	sum, err := md5Of(f.part())
	if err != nil {
		return kg.Errorf(kg.Internal, "cannot read %s: %w", f.part(), err)
	}
	if sum != f.MD5 {
		return errors.Join(errDamaged, f.discard())
	}
	if err := os.Rename(f.part(), f.Path); err != nil {
		return kg.Errorf(kg.Internal, "cannot store %s: %w", f.Path, err)
	}
	return removeIfThere(f.statePath())
}

// discard removes the partial file.
func (f File) discard() error {
	return errors.Join(removeIfThere(f.part()), removeIfThere(f.statePath()))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return kg.Errorf(kg.Internal, "cannot remove %s: %w", path, err)
	}
	return nil
}

func md5Of(path string) (sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // nothing was written
	h := md5.New()                   //nolint:gosec // as above
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
