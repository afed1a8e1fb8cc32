package neo4j

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// maxServers bounds the servers of one go command. It starts as many as it runs packages at the same time.
const maxServers = 64

// leaseLock is the lock of the server that this process leases. The end of the process releases it.
var leaseLock *os.File

// lease returns the URI of a server of the go command with the process id owner, and whether an earlier package
// already used the server. No other process uses it until this one ends. A server in use is not waited for: the next
// one is taken or started.
func (d distribution) lease(ctx context.Context, owner int) (uri string, reused bool, err error) {
	for n := range maxServers {
		home := filepath.Join(os.TempDir(), fmt.Sprintf("casus-neo4j-%d-%d", owner, n))
		if err := os.MkdirAll(home, 0o700); err != nil {
			return "", false, err
		}
		lock, err := tryLock(filepath.Join(home, "lock"))
		if err != nil {
			return "", false, err
		}
		if lock == nil {
			continue
		}
		leaseLock = lock
		address := filepath.Join(home, "uri")
		if _, err := os.Stat(confDir(home)); errors.Is(err, fs.ErrNotExist) {
			s, err := d.start(ctx, home, owner, longLived...)
			if err != nil {
				return "", false, err
			}
			return s.uri, false, os.WriteFile(address, []byte(s.uri), 0o600)
		}
		// If the address is missing or the server does not answer, it or the process that started it was killed.
		uri, err := os.ReadFile(address)
		if err == nil && ping(ctx, string(uri)) == nil {
			return string(uri), true, nil
		}
		if err := lock.Close(); err != nil {
			return "", false, err
		}
	}
	return "", false, fmt.Errorf("start a server: %d others of the same go command are in use", maxServers)
}

// goCommand returns the process id of the go command that runs this test. It reports false if another program does,
// such as a debugger or a shell.
func goCommand() (pid int, ok bool) {
	pid = os.Getppid()
	name, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "comm"))
	if err != nil { // not Linux
		name, err = exec.Command("ps", "-o", "comm=", "-p", strconv.Itoa(pid)).Output()
	}
	return pid, err == nil && filepath.Base(strings.TrimSpace(string(name))) == "go"
}
