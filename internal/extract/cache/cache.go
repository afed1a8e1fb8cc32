// Package cache stores the answers of a model in a folder, by the hash of the question. Only complete and valid answers
// are stored, so that a run that was interrupted continues with the questions that have none.
package cache

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"casus/internal/fetch/secret"
	"casus/internal/kg"
)

// maxBytes bounds a stored answer.
const maxBytes = 64 << 20

// version is the version of stored answers. Those of another one are not read.
const version = 1

// Entry is a stored answer, and what it cost.
type Entry struct {
	Version int    `json:"version"`
	Key     string `json:"key"`
	Part    string `json:"part"`
	// Model and Fingerprint are what the endpoint says of itself, Host is its host.
	Model       string `json:"model,omitempty"`
	Fingerprint string `json:"fingerprint,omitempty"`
	Host        string `json:"host"`
	// Format is the response format that was asked for.
	Format       string  `json:"format"`
	PromptTokens int     `json:"promptTokens"`
	AnswerTokens int     `json:"answerTokens"`
	Seconds      float64 `json:"seconds"`
	Retries      int     `json:"retries"`
	Content      string  `json:"content"`
}

// Folder is a folder of answers. The zero value stores nothing.
type Folder struct{ path string }

// New returns the cache in a folder, which is created when the first answer is stored.
func New(path string) Folder { return Folder{path} }

// Get returns the stored answer to a question. A file that is damaged counts as none.
func (f Folder) Get(key string) (e Entry, found bool, err error) {
	if f.path == "" {
		return e, false, nil
	}
	file, err := os.Open(f.file(key))
	if errors.Is(err, fs.ErrNotExist) {
		return e, false, nil
	} else if err != nil {
		return e, false, kg.Errorf(kg.BadInput, "cannot read the cache: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(file, maxBytes))
	if err != nil {
		return e, false, kg.Errorf(kg.BadInput, "cannot read the cache: %w", err)
	}
	if json.Unmarshal(content, &e) != nil || e.Version != version || e.Key != key {
		return Entry{}, false, nil
	}
	return e, true, nil
}

// Put stores an answer, for the owner of the folder only: articles may be confidential.
func (f Folder) Put(e Entry) error {
	if f.path == "" {
		return nil
	}
	e.Version = version
	content, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		return kg.Errorf(kg.Internal, "encode an answer: %w", err)
	}
	return secret.WriteFile(f.file(e.Key), append(content, '\n'))
}

func (f Folder) file(key string) string { return filepath.Join(f.path, key+".json") }
