package neo4j

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// settings is the configuration of a small server for a few megabytes of test data. The server keeps its query plans
// when the data changes, because a small query spends most of its time in planning. The parameter is the Bolt port.
const settings = `server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:%[1]d
server.bolt.advertised_address=127.0.0.1:%[1]d
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=64m
dbms.cypher.min_replan_interval=1h
db.tx_log.preallocate=false
db.tx_log.rotation.size=16m
db.tx_log.rotation.retention_policy=keep_none
`

// guard is a shell script that runs a command until the process with the id of its second argument ends, or the script
// is terminated. It then deletes the folder of its first argument. It looks for the process each second.
const guard = `home=$1 owner=$2; shift 2
"$@" </dev/null &
server=$!
trap 'kill -9 $server' TERM
(while kill -0 $owner; do sleep 1; done; kill -9 $server) 2>/dev/null &
watch=$!
wait $server
status=$?
wait $server 2>/dev/null # the first one returns early when the script is terminated
kill $watch 2>/dev/null
rm -rf "$home"
exit $status`

// server is a running Neo4j.
type server struct {
	uri    string
	guard  *os.Process
	log    *os.File
	exited chan struct{} // closed when the server has ended and its home is deleted
}

// stop ends the server. Its data is not worth an orderly shutdown.
func (s server) stop() {
	_ = s.guard.Signal(syscall.SIGTERM) // the guard may have ended by itself
	<-s.exited
	_ = s.log.Close()
}

// start runs a server on a home, which it makes where it is missing, and waits until the server answers. The home is
// deleted when the server ends, which it does when the process owner does. The options are the JVM's.
func (d distribution) start(ctx context.Context, home string, owner int, options ...string) (server, error) {
	port, err := freePort()
	if err != nil {
		return server{}, err
	}
	conf, err := makeHome(home, fmt.Sprintf(settings, port))
	if err != nil {
		return server{}, err
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		return server{}, unavailable("no shell to run it in: %w", err)
	}
	java := d.java(options, "org.neo4j.server.CommunityEntryPoint", "--home-dir="+home, "--config-dir="+conf)
	log, err := os.Create(filepath.Join(home, "server.log"))
	if err != nil {
		return server{}, fmt.Errorf("start the server: %w", err)
	}
	// No context: the server outlives the test that starts it. The log is a file, as go test would wait for a pipe.
	cmd := exec.Command(sh, append([]string{"-c", guard, "guard", home, strconv.Itoa(owner)}, java...)...)
	cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = log, log, ownSession()
	if err := cmd.Start(); err != nil {
		return server{}, errors.Join(fmt.Errorf("start the server: %w", err), log.Close())
	}
	s := server{fmt.Sprintf("bolt://127.0.0.1:%d", port), cmd.Process, log, make(chan struct{})}
	go func() {
		_ = cmd.Wait() // await reports an end that comes too early
		close(s.exited)
	}()
	if err := s.await(ctx); err != nil {
		s.stop()
		return server{}, err
	}
	return s, nil
}

// await waits until the server answers. Its error holds the end of the server's log.
func (s server) await(ctx context.Context) error {
	for ping(ctx, s.uri) != nil {
		select {
		case <-s.exited:
			return fmt.Errorf("the server ended:\n%s", tail(s.log))
		case <-ctx.Done():
			return fmt.Errorf("wait for the server: %w\n%s", ctx.Err(), tail(s.log))
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

// confDir returns the folder of a server's settings.
func confDir(home string) string { return filepath.Join(home, "conf") }

// makeHome makes a server's folders and writes its settings. It returns the folder of the settings.
func makeHome(home, settings string) (conf string, err error) {
	conf = confDir(home)
	for _, d := range []string{conf, filepath.Join(home, "data"), filepath.Join(home, "logs")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return "", fmt.Errorf("make the server's home: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(conf, "neo4j.conf"), []byte(settings), 0o600); err != nil {
		return "", fmt.Errorf("write the server's settings: %w", err)
	}
	return conf, nil
}

// freePort returns a port on which nothing listens. It is below the ports that systems assign to connections, so that
// none takes it during the seconds that the server needs to start.
func freePort() (int, error) {
	var failed error
	for range 20 {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(12_000)))
		if err == nil {
			return l.Addr().(*net.TCPAddr).Port, l.Close()
		}
		failed = err
	}
	return 0, fmt.Errorf("find a free port: %w", failed)
}

// tail returns the last lines of a log, which may have been deleted while it is open.
func tail(log *os.File) string {
	const size = 4 << 10
	info, err := log.Stat()
	if err != nil {
		return err.Error()
	}
	from := max(0, info.Size()-size)
	b, err := io.ReadAll(io.NewSectionReader(log, from, size))
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(b))
}
