// Package rendezvous is where test processes and the watchdog of their shared Neo4j meet: a directory of lock files,
// whose locks the kernel drops with the process that holds them, and one state file.
package rendezvous

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Dir is the directory of one Neo4j version in the user's cache.
type Dir string

// State says where the running server is. It is written by the watchdog when Java has been started, which is some
// seconds before the server answers.
type State struct {
	URI      string `json:"uri"`      // bolt://127.0.0.1:PORT
	Java     int    `json:"java"`     // process id of the server
	Watchdog int    `json:"watchdog"` // process id of its watchdog
}

// Jars is the folder of the server's jar files, complete where it exists.
func (d Dir) Jars() string { return filepath.Join(string(d), "lib") }

// Log receives what the watchdog and the server print; it is emptied at each start.
func (d Dir) Log() string { return filepath.Join(string(d), "server.log") }

// Alive is locked by the process that starts a server, which hands the lock on to the watchdog.
func (d Dir) Alive() string { return filepath.Join(string(d), "alive.lock") }

// Lease is locked, shared, by each test process for as long as it lives; nobody holding it, the server stops.
func (d Dir) Lease() string { return filepath.Join(string(d), "lease.lock") }

// Database is locked by the one test that owns the contents of the database.
func (d Dir) Database() string { return filepath.Join(string(d), "database.lock") }

func (d Dir) state() string { return filepath.Join(string(d), "server.json") }

// ReadState returns the state of the running server; ok is false while there is none.
func (d Dir) ReadState() (s State, ok bool, err error) {
	b, err := os.ReadFile(d.state())
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, false, nil
	}
	if err != nil {
		return State{}, false, fmt.Errorf("read the state of the test server: %w", err)
	}
	if err := json.Unmarshal(b, &s); err != nil {
		return State{}, false, fmt.Errorf("read the state of the test server: %s: %w", d.state(), err)
	}
	return s, true, nil
}

// WriteState replaces the state in one step, so that no reader sees half of it.
func (d Dir) WriteState(s State) error {
	b, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write the state of the test server: %w", err)
	}
	half := d.state() + ".new"
	if err := os.WriteFile(half, b, 0o600); err != nil {
		return fmt.Errorf("write the state of the test server: %w", err)
	}
	if err := os.Rename(half, d.state()); err != nil {
		return fmt.Errorf("write the state of the test server: %w", err)
	}
	return nil
}

// ClearState removes the state, if there is one.
func (d Dir) ClearState() error {
	if err := os.Remove(d.state()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("clear the state of the test server: %w", err)
	}
	return nil
}
