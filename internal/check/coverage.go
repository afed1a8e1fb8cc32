package check

import (
	"encoding/json"

	"casus/internal/kg"
	"casus/internal/store"
)

// Evidence reports how much of the graph rests on words that were checked against their text.
type Evidence struct {
	Spans SpanCounts `json:"spans"`
	// TextsNotKept counts the documents that spans point into and whose text is not stored.
	TextsNotKept int `json:"textsNotKept"`
	// Edges counts the edges that hold now, of the types that claims list.
	Edges  Coverage                    `json:"edges"`
	ByType map[store.EdgeType]Coverage `json:"byType"`
	// ByDataset and ByPublisher count an edge once for each data set, and each publisher's identity class, of its claims.
	// It is verified there if one of these claims has a verified span. The empty key stands for claims without one.
	ByDataset   map[string]Coverage `json:"byDataset"`
	ByPublisher map[kg.ID]Coverage  `json:"byPublisher"`
}

// SpanCounts counts spans by the result of their check.
type SpanCounts struct {
	// Verified counts spans whose words are at their offsets in the stored text.
	Verified int `json:"verified"`
	// WhenLoaded counts spans that were verified or reanchored when loaded, and whose text is not stored.
	WhenLoaded int `json:"verifiedWhenLoaded"`
	// Unverifiable counts spans that were loaded without a text.
	Unverifiable int `json:"unverifiable"`
	// Failed counts spans whose words are not in the stored text. Each is also a break.
	Failed int `json:"failed"`
}

// Coverage counts edges, and how many of them have a claim with a verified span.
type Coverage struct {
	Edges    int `json:"edges"`
	Verified int `json:"verified"`
}

// Share returns the share of verified edges, 0..1; 1 if there are no edges.
func (c Coverage) Share() float64 {
	if c.Edges == 0 {
		return 1
	}
	return float64(c.Verified) / float64(c.Edges)
}

// MarshalJSON adds the share.
func (c Coverage) MarshalJSON() ([]byte, error) {
	type plain Coverage
	return json.Marshal(struct {
		plain
		Share float64 `json:"share"`
	}{plain(c), c.Share()})
}

func (c Coverage) add(verified bool) Coverage {
	c.Edges++
	if verified {
		c.Verified++
	}
	return c
}

func newEvidence() *Evidence {
	return &Evidence{
		ByType:      map[store.EdgeType]Coverage{},
		ByDataset:   map[string]Coverage{},
		ByPublisher: map[kg.ID]Coverage{},
	}
}
