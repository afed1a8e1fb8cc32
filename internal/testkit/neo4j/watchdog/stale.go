package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"casus/internal/testkit/neo4j/rendezvous"
)

// runPrefix starts the name of each server's own home in the shared directory.
const runPrefix = "run-"

// clean removes what a watchdog that was killed left behind: its state, its server, its server's home.
func clean(dir rendezvous.Dir) error {
	if err := dir.ClearState(); err != nil {
		return err
	}
	homes, err := filepath.Glob(filepath.Join(string(dir), runPrefix+"*"))
	if err != nil {
		return fmt.Errorf("find old servers: %w", err)
	}
	for _, home := range homes {
		if err := killServerOf(home); err != nil {
			return err
		}
		if err := os.RemoveAll(home); err != nil {
			return fmt.Errorf("remove an old server's home: %w", err)
		}
	}
	return nil
}

// killServerOf kills the process that a home names, if its command line still names the home: process ids are used again.
func killServerOf(home string) error {
	b, err := os.ReadFile(pidFile(home))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find an old server: %w", err)
	}
	pid, err := strconv.Atoi(string(b))
	if err != nil || !strings.Contains(commandLine(pid), home) {
		return nil
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return fmt.Errorf("find an old server: %w", err)
	}
	if err := p.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop an old server: %w", err)
	}
	return nil
}

// commandLine is empty where there is no such process.
func commandLine(pid int) string {
	if b, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return string(b)
	}
	b, err := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return string(b)
}
