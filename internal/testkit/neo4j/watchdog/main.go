// Command watchdog starts the Neo4j server that test processes share, and stops it when none of them has lived for a
// while. Package neo4jtest builds and starts it, with the lock rendezvous.Dir.Alive as descriptor 3; it is not for people.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"casus/internal/testkit/neo4j/command"
	"casus/internal/testkit/neo4j/rendezvous"
)

func main() {
	dir := flag.String("dir", "", "the directory where test processes meet")
	java := flag.String("java", "java", "the Java to run the server with")
	idle := flag.Duration("idle", 30*time.Second, "stop when no test process has lived for so long")
	flag.Parse()
	alive := rendezvous.Inherit(3, "alive")
	defer alive.Close()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := watch(ctx, rendezvous.Dir(*dir), *java, *idle); err != nil {
		fmt.Fprintln(os.Stderr, "watchdog:", err)
		os.Exit(1)
	}
}

// watch runs one server from its start to its end. The caller holds the lock of dir.Alive.
func watch(ctx context.Context, dir rendezvous.Dir, java string, idle time.Duration) (err error) {
	if err := clean(dir); err != nil {
		return err
	}
	home, err := os.MkdirTemp(string(dir), runPrefix)
	if err != nil {
		return fmt.Errorf("make the server's home: %w", err)
	}
	defer func() { err = errors.Join(err, dir.ClearState(), os.RemoveAll(home)) }()
	port, err := command.FreePort()
	if err != nil {
		return err
	}
	cmd, err := command.Server(java, dir.Jars(), home, port)
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	defer func() { err = errors.Join(err, end(cmd, exited)) }()
	if err := os.WriteFile(pidFile(home), []byte(strconv.Itoa(cmd.Process.Pid)), 0o600); err != nil {
		return fmt.Errorf("note the server's process: %w", err)
	}
	state := rendezvous.State{URI: fmt.Sprintf("bolt://127.0.0.1:%d", port), Java: cmd.Process.Pid, Watchdog: os.Getpid()}
	if err := dir.WriteState(state); err != nil {
		return err
	}
	lease, err := lastUserGone(ctx, dir, idle, exited)
	if lease != nil {
		// Held to the end, so that nobody counts on a server that is about to go.
		defer lease.Close()
	}
	return err
}

// lastUserGone waits until nobody has held the lease for the idle time and then returns it, held; or until the context
// ends; or until the server does, which is an error.
func lastUserGone(ctx context.Context, dir rendezvous.Dir, idle time.Duration, exited chan error) (*os.File, error) {
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return nil, nil
		case err := <-exited:
			exited <- err
			return nil, fmt.Errorf("the server ended by itself: %w", err)
		case <-time.After(min(time.Second, idle/4)):
		}
		lease, err := rendezvous.TryLock(dir.Lease(), rendezvous.Exclusive)
		switch {
		case err != nil:
			return nil, err
		case lease == nil:
			last = time.Now()
		case time.Since(last) >= idle:
			return lease, nil
		default:
			if err := lease.Close(); err != nil {
				return nil, fmt.Errorf("release the lease: %w", err)
			}
		}
	}
}

// end kills the server: nothing that it holds is worth an orderly shutdown.
func end(cmd *exec.Cmd, exited chan error) error {
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop the server: %w", err)
	}
	<-exited
	return nil
}

func pidFile(home string) string { return filepath.Join(home, "java.pid") }
