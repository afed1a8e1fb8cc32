package mapping

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// templateCache caches a template's records by the values of the columns that the template uses, since rows often
// repeat them. It has two generations; the older is dropped when the current one is full. Safe for concurrent use.
type templateCache struct {
	columns []string

	mu                sync.Mutex
	current, previous map[string][]Record
	key               []byte
	// lookups and hits decide whether the cache is still used.
	lookups, hits int
}

const (
	// maxCachedKeys bounds each of the two generations.
	maxCachedKeys = 2_000
	// minLookups is the number of lookups after which a cache with a hit rate below 1/4 is disabled.
	minLookups = 2_000
)

// get returns the records for a row, from the cache or from build. Errors are not cached.
func (c *templateCache) get(row map[string]any, build func() ([]Record, error)) ([]Record, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lookups > minLookups && c.hits < c.lookups/4 || !c.setKey(row) {
		return build()
	}
	c.lookups++
	records, found := c.current[string(c.key)]
	if !found {
		records, found = c.previous[string(c.key)]
		if !found {
			var err error
			if records, err = build(); err != nil {
				return records, err
			}
			for i := range records {
				records[i].Shared = new(SharedRecord)
			}
		}
		if len(c.current) >= maxCachedKeys || c.current == nil {
			c.current, c.previous = map[string][]Record{}, c.current
		}
		c.current[strings.Clone(string(c.key))] = records
	}
	if found {
		c.hits++
	}
	return records, nil
}

// setKey sets the key to the row's values. It returns false if one of them is not text.
func (c *templateCache) setKey(row map[string]any) bool {
	c.key = c.key[:0]
	for _, name := range c.columns {
		v, found := row[name]
		if !found {
			c.key = append(c.key, '-')
			continue
		}
		text, ok := v.(string)
		if !ok {
			return false
		}
		c.key = append(append(strconv.AppendInt(c.key, int64(len(text)), 10), ':'), text...)
	}
	return true
}

// dependencies are the columns that expressions use, and whether they use rows as a whole.
type dependencies struct {
	columns  []string
	wholeRow bool
}

// dependencies returns the dependencies of the expressions at and below a place, including the variables that they use.
func (c columnUses) dependencies(place string, lets map[string]dependencies) dependencies {
	var all dependencies
	for at, names := range c.byPlace {
		if at != place && !strings.HasPrefix(at, place+".") && !strings.HasPrefix(at, place+"[") {
			continue
		}
		all.wholeRow = all.wholeRow || c.wholeRow[at]
		for _, use := range names {
			name, isVariable := strings.CutPrefix(use, "=")
			if !isVariable {
				all.columns = append(all.columns, name)
				continue
			}
			all.columns = append(all.columns, lets[name].columns...)
			all.wholeRow = all.wholeRow || lets[name].wholeRow
		}
	}
	slices.Sort(all.columns)
	all.columns = slices.Compact(all.columns)
	return all
}
