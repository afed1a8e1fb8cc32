package interview

import (
	"fmt"
	"slices"

	"casus/internal/extract/prompt"
	"casus/internal/text"
)

// The lists of the form whose entries have keys.
const (
	actors = "actors"
	places = "places"
	events = "events"
)

// keys are the keys of an interview. A window may use a key of an earlier one for something else, or list again what
// has a key: its own key is then replaced by another.
type keys struct {
	prompt.Keys
	// owner is the window that defined a key, by list and key.
	owner map[[2]string]int
	// renamed are the keys that the current window uses, and what they are replaced by, by list.
	renamed map[string]map[string]string
	window  int
}

// begin begins a window.
func (k *keys) begin(window int) {
	k.window = window
	k.renamed = map[string]map[string]string{actors: {}, places: {}, events: {}}
}

// defineParty defines the key of an actor or a place, and reports whether an earlier window has not defined it.
func (k *keys) defineParty(list string, p prompt.Party) (isNew bool) {
	all := &k.Actors
	if list == places {
		all = &k.Places
	}
	same := func(o prompt.Party) bool {
		return o.Kind == p.Kind && (text.Fold(o.Name) == text.Fold(p.Name) ||
			text.Fold(o.EnglishName) == text.Fold(p.EnglishName))
	}
	known := ""
	if i := slices.IndexFunc(*all, same); i >= 0 {
		known = (*all)[i].Key
	}
	if p.Key, isNew = k.define(list, p.Key, known); isNew {
		*all = append(*all, p)
	}
	return isNew
}

// defineEvent does the same for an event, which is known by its title.
func (k *keys) defineEvent(e prompt.Event) (isNew bool) {
	known := ""
	same := func(o prompt.Event) bool { return text.Fold(o.Title) == text.Fold(e.Title) }
	if i := slices.IndexFunc(k.Events, same); i >= 0 {
		known = k.Events[i].Key
	}
	if e.Key, isNew = k.define(events, e.Key, known); isNew {
		k.Events = append(k.Events, e)
	}
	return isNew
}

// define defines a key, or replaces it by the known one, which is empty if there is none. A key that is defined twice
// in one window stays as it is: the conversion refuses it.
func (k *keys) define(list, key, known string) (final string, isNew bool) {
	if owner, ok := k.owner[[2]string{list, known}]; ok && owner < k.window {
		k.renamed[list][key] = known
		return known, false
	}
	final = key
	for n := k.window + 1; k.isTaken(list, final); n++ {
		final = fmt.Sprintf("%s-%d", key, n)
	}
	k.owner[[2]string{list, final}] = k.window
	k.renamed[list][key] = final
	return final, true
}

func (k *keys) isTaken(list, key string) bool {
	owner, ok := k.owner[[2]string{list, key}]
	return ok && owner < k.window
}

// rename replaces keys of a list, which may be nil, and reports whether any of them changed.
func (k *keys) rename(list string, keys ...*string) (changed bool) {
	for _, key := range keys {
		if key == nil {
			continue
		}
		if final, ok := k.renamed[list][*key]; ok && final != *key {
			*key, changed = final, true
		}
	}
	return changed
}

// renameEither replaces a key of an actor, or else of a place.
func (k *keys) renameEither(key *string) (changed bool) {
	if _, ok := k.renamed[actors][*key]; ok {
		return k.rename(actors, key)
	}
	return k.rename(places, key)
}
