// Package replay is an endpoint that answers from a folder of recorded answers, for tests and for trying out a run
// without a model. It can misbehave on purpose.
package replay

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"casus/internal/extract/cache"
	"casus/internal/extract/form"
	"casus/internal/extract/prompt"
	"casus/internal/kg"
)

// recordings are the answers in a folder: those of a cache, by question; and files that are named by the part that they
// answer, parties.md, events.json, claims.2.md, whose number counts the questions about it.
type recordings struct {
	folder string
	cache  cache.Folder

	mu sync.Mutex
	// asked are the keys of the questions about each part, in their order.
	asked map[form.Part][]string
}

// open returns the recordings in a folder.
func open(folder string) (*recordings, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, kg.Errorf(kg.NotFound, "cannot read the recorded answers: %w", err)
	}
	if !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return isRecording(e.Name()) }) {
		return nil, kg.Errorf(kg.NotFound, "%s has no recorded answers: a folder of --cache, or files such as parties.md, "+
			"events.md, claims.md and claims.2.md", folder)
	}
	return &recordings{folder: folder, cache: cache.New(folder), asked: map[form.Part][]string{}}, nil
}

func isRecording(name string) bool {
	switch filepath.Ext(name) {
	case ".json", ".md":
		return true
	}
	return false
}

// find returns the answer to a question. A question that was asked before has the same answer. A later question about a
// part that has no file of its number is answered with empty lists.
func (r *recordings) find(model, system, user string) (cache.Entry, error) {
	key := prompt.Key(model, system, user)
	if e, found, err := r.cache.Get(key); err != nil || found {
		return e, err
	}
	part := prompt.PartOf(system)
	if part == "" {
		return cache.Entry{}, kg.Errorf(kg.NotFound, "the question %s is not recorded, and asks for no part of the form", key)
	}
	n := r.number(part, key)
	names := []string{fmt.Sprintf("%s.%d", part, n)}
	if n == 1 {
		names = append(names, string(part))
	}
	for _, name := range names {
		for _, end := range []string{".md", ".json"} {
			content, err := os.ReadFile(filepath.Join(r.folder, name+end))
			if err == nil {
				return cache.Entry{Key: key, Part: string(part), Model: model, Content: string(content)}, nil
			}
		}
	}
	if n == 1 {
		return cache.Entry{}, kg.Errorf(kg.NotFound, "neither the question %s nor a file %s.md or %s.json is recorded", key,
			part, part)
	}
	return cache.Entry{Key: key, Part: string(part), Model: model, Content: empty(part)}, nil
}

// number returns the position of a question among those about a part, from 1.
func (r *recordings) number(part form.Part, key string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.Index(r.asked[part], key)
	if i < 0 {
		i = len(r.asked[part])
		r.asked[part] = append(r.asked[part], key)
	}
	return i + 1
}

// empty returns a part of the form with empty lists.
func empty(part form.Part) string {
	lists := map[string][]any{}
	for _, name := range form.Lists(part) {
		lists[name] = []any{}
	}
	content, err := json.Marshal(lists)
	if err != nil {
		panic(err) // texts and empty lists have JSON
	}
	return string(content)
}
