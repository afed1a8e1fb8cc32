package store

import (
	"casus/internal/kg"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
)

const cursorVersion = 1

// CursorScope identifies the list that a cursor belongs to: the query's name, filter, order and view. A cursor of
// another list is rejected.
type CursorScope struct{ hash string }

// NewCursorScope hashes a list's name and the parts that determine its items and their order.
func NewCursorScope(list string, parts ...any) (CursorScope, error) {
	b, err := json.Marshal(parts)
	if err != nil {
		return CursorScope{}, kg.Errorf(kg.Internal, "hash the scope of %s: %w", list, err)
	}
	sum := sha256.Sum256(append([]byte(list+"\n"), b...))
	return CursorScope{hex.EncodeToString(sum[:8])}, nil
}

// cursor is the decoded content of an opaque cursor.
type cursor struct {
	Version int    `json:"v"`
	Scope   string `json:"s"`
	Int     int64  `json:"n,omitempty"`
	Text    string `json:"t,omitempty"`
	ID      kg.ID  `json:"i"`
}

// Encode returns the opaque cursor of a position.
func (s CursorScope) Encode(p Position) string {
	b, err := json.Marshal(cursor{cursorVersion, s.hash, p.Int, p.Text, p.ID})
	if err != nil { // strings and integers always marshal
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// Decode returns the position of a cursor, and nil for nil. It returns BAD_INPUT for anything but a cursor of this
// scope.
func (s CursorScope) Decode(encoded *string) (*Position, error) {
	if encoded == nil {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(*encoded)
	var c cursor
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	switch {
	case err != nil:
		return nil, kg.Errorf(kg.BadInput, "cursor %.60q was not made by this API", *encoded)
	case c.Version != cursorVersion:
		return nil, kg.Errorf(kg.BadInput,
			"cursor %.60q is of version %d, not %d: start from the first page", *encoded, c.Version, cursorVersion)
	case c.Scope != s.hash:
		return nil, kg.Errorf(kg.BadInput,
			"cursor %.60q belongs to another query: its filter, order or moment of knowledge differ", *encoded)
	}
	return &Position{c.Int, c.Text, c.ID}, nil
}
