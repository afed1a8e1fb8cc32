package docs

import (
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"time"

	"casus/internal/testkit/command"
)

// documented is the address of servers in the docs.
const documented = "127.0.0.1:8080"

// server is a server that a page starts, on a free port.
type server struct {
	address string
	process *exec.Cmd
	exited  chan struct{}
}

// isServer reports whether a command runs until it is stopped.
func isServer(args []string) bool {
	return args[0] == "casus" && len(args) > 1 && (args[1] == "serve" ||
		len(args) > 2 && args[1] == "extract" && args[2] == "replay")
}

var ready = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)

// start starts a server and waits until it prints its address.
func start(c *exec.Cmd, args []string) (*server, error) {
	var output command.Buffer
	c.Args = append(slices.Clone(args), "--listen", "127.0.0.1:0")
	c.Stdin, c.Stdout, c.Stderr = nil, &output, &output
	if err := c.Start(); err != nil {
		return nil, err
	}
	s := &server{process: c, exited: make(chan struct{})}
	go func() {
		_ = c.Wait() // it is killed
		close(s.exited)
	}()
	for timeout := time.After(2 * time.Minute); ; {
		if found := ready.FindStringSubmatch(output.String()); found != nil {
			s.address = found[1]
			return s, nil
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-s.exited:
			return nil, fmt.Errorf("the server ended: %s", output.String())
		case <-timeout:
			s.stop()
			return nil, fmt.Errorf("the server does not start: %s", output.String())
		}
	}
}

// stop stops the server and waits until it has ended.
func (s *server) stop() {
	_ = s.process.Process.Kill() // it may have ended
	<-s.exited
}
