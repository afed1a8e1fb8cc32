package store

import (
	"errors"

	"casus/internal/kg"
)

// Damage is a place where stored data differs from the written data: a flipped bit, a lost page, a failed index.
type Damage struct {
	// ID is the record concerned, if it is known.
	ID kg.ID
	// Problem describes the damage.
	Problem string
}

// RecordError reports a stored record that cannot be read.
type RecordError struct {
	ID  kg.ID
	Err error
}

// Error implements error.
func (e RecordError) Error() string { return string(e.ID) + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e RecordError) Unwrap() error { return e.Err }

// ErrNotReady is the cause of UNAVAILABLE while the server still reads what a query needs. Clients may see the
// error's message, unlike the message of an unavailable engine.
var ErrNotReady = errors.New("retry in a moment")

// NotReady returns UNAVAILABLE with the cause ErrNotReady. reading is a phrase such as "reading events (3 of 9)".
func NotReady(reading string) error {
	return kg.Errorf(kg.Unavailable, "the server is still %s: %w", reading, ErrNotReady)
}
