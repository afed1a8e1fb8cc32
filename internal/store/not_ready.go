package store

import (
	"errors"

	"casus/internal/kg"
)

// ErrNotReady is the cause of UNAVAILABLE while the server still reads what a query needs. Clients may see the
// error's message, unlike the message of an unavailable engine.
var ErrNotReady = errors.New("retry in a moment")

// NotReady returns UNAVAILABLE with the cause ErrNotReady. reading tells what is being read, and how far that is.
func NotReady(reading string) error {
	return kg.Errorf(kg.Unavailable, "the server is still %s: %w", reading, ErrNotReady)
}
