package neo4j

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"casus/internal/testkit/neo4j/rendezvous"
)

// unavailableError says that this machine lacks what a server needs, as against a server that fails.
type unavailableError struct{ error }

func (e unavailableError) Unwrap() error { return e.error }

func unavailable(format string, args ...any) error {
	return unavailableError{fmt.Errorf(format, args...)}
}

func isUnavailable(err error) bool {
	var e unavailableError
	return errors.As(err, &e)
}

// share returns the server of a directory, which is this process's to use until the process ends. It starts the server
// unless one runs. Of many processes that come at once, the one that gets the lock starts it and the others wait for it.
func share(ctx context.Context, dir rendezvous.Dir, idle time.Duration) (Server, error) {
	lease, err := rendezvous.Lock(dir.Lease(), rendezvous.Shared)
	if errors.Is(err, errors.ErrUnsupported) {
		return Server{}, unavailable("%w", err)
	}
	if err != nil {
		return Server{}, err
	}
	s, err := await(ctx, dir, idle)
	if err != nil {
		return Server{}, errors.Join(err, lease.Close())
	}
	leases = append(leases, lease)
	return s, nil
}

// leases keeps what the process holds to its end: a file that nobody refers to is closed, and its lock gone.
var leases []*os.File

func await(ctx context.Context, dir rendezvous.Dir, idle time.Duration) (Server, error) {
	launched := false
	for {
		alive, err := rendezvous.TryLock(dir.Alive(), rendezvous.Exclusive)
		if err != nil {
			return Server{}, err
		}
		if alive != nil {
			if launched {
				return Server{}, errors.Join(fmt.Errorf("the server did not come up:\n%s", tail(dir.Log())), alive.Close())
			}
			launched = true
			if err := errors.Join(launch(ctx, dir, idle, alive), alive.Close()); err != nil {
				return Server{}, err
			}
		}
		state, ok, err := dir.ReadState()
		if err != nil {
			return Server{}, err
		}
		if ok && answer(ctx, state.URI) == nil {
			return Server{URI: state.URI}, nil
		}
		select {
		case <-ctx.Done():
			return Server{}, fmt.Errorf("waiting for the server: %w\n%s", ctx.Err(), tail(dir.Log()))
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// launch fetches what is missing and starts the watchdog, which inherits the lock and starts the server.
func launch(ctx context.Context, dir rendezvous.Dir, idle time.Duration, alive *os.File) error {
	if err := dir.ClearState(); err != nil {
		return err
	}
	java, err := findJava(ctx)
	if err != nil {
		return err
	}
	if err := fetchJars(ctx, dir); err != nil {
		return err
	}
	watchdog := filepath.Join(string(dir), "watchdog")
	build := exec.CommandContext(ctx, "go", "build", "-o", watchdog, "casus/internal/testkit/neo4j/watchdog")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build the server's watchdog: %w\n%s", err, out)
	}
	log, err := os.Create(dir.Log())
	if err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	defer log.Close()
	// No context: the server outlives the test that starts it.
	cmd := exec.Command(watchdog, "-dir", string(dir), "-java", java, "-idle", idle.String())
	cmd.Dir, cmd.Stdout, cmd.Stderr = string(dir), log, log
	cmd.ExtraFiles = []*os.File{alive}
	cmd.SysProcAttr = rendezvous.Detached()
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the server's watchdog: %w", err)
	}
	go cmd.Wait() // Reaps it, should it end before this process does; its end is seen by its lock.
	return nil
}

// tail is the end of a log, for an error message.
func tail(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	return strings.Join(lines[max(0, len(lines)-15):], "\n")
}
