package proposal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"casus/internal/kg"
)

// The ends of the names of a proposal's files, and the name of the account of the run.
const (
	RecordsFile = ".proposal.jsonl"
	ReviewFile  = ".review.json"
	RefusedFile = ".refused.jsonl"
	RunFile     = "run.json"
	// FormFile is the form as a model filled it in, which can be converted again.
	FormFile = ".form.json"
)

// File is a file of a proposal.
type File struct {
	End     string // of its name; RunFile is a name by itself
	Content []byte
}

// Files returns the files of the proposal: the records, the review, the refused entries and the run, which has the
// hashes of the others.
func (p *Proposal) Files() ([]File, error) {
	var files []File
	add := func(end string, indent string, values ...any) error {
		content, err := encode(indent, values...)
		if err != nil {
			return err
		}
		files = append(files, File{end, content})
		return nil
	}
	if err := add(RecordsFile, "", list(p.Records)...); err != nil {
		return nil, err
	}
	if err := add(ReviewFile, "  ", p.Review); err != nil {
		return nil, err
	}
	if err := add(RefusedFile, "", list(p.Refused)...); err != nil {
		return nil, err
	}
	run := p.Run
	run.Outputs = map[string]string{}
	for _, f := range files {
		sum := sha256.Sum256(f.Content)
		run.Outputs[f.End] = hex.EncodeToString(sum[:])
	}
	return files, add(RunFile, "  ", run)
}

// File returns the review file.
func (r Review) File() (File, error) {
	content, err := encode("  ", r)
	return File{ReviewFile, content}, err
}

// encode returns values as JSON, one after another.
func encode(indent string, values ...any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	for _, v := range values {
		if err := e.Encode(v); err != nil {
			return nil, kg.Errorf(kg.Internal, "encode a file of the proposal: %w", err)
		}
	}
	return b.Bytes(), nil
}

func list[T any](values []T) (all []any) {
	for _, v := range values {
		all = append(all, v)
	}
	return all
}
