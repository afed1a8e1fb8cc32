// Package command makes the commands that run Neo4j from its jars.
package command

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
)

// settings keep a server of a few megabytes of test data small on two cores. %[1]d is the Bolt port.
const settings = `server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:%[1]d
server.bolt.advertised_address=127.0.0.1:%[1]d
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
db.tx_log.preallocate=false
db.tx_log.rotation.size=16m
db.tx_log.rotation.retention_policy=keep_none
`

// Server is the command that runs Neo4j Community in the given home, answering Bolt on the port after some seconds. The
// home is made where it is missing.
func Server(java, jars, home string, port int) (*exec.Cmd, error) {
	conf := filepath.Join(home, "conf")
	for _, d := range []string{conf, filepath.Join(home, "data"), filepath.Join(home, "logs")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, fmt.Errorf("make the server's home: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(conf, "neo4j.conf"), fmt.Appendf(nil, settings, port), 0o600); err != nil {
		return nil, fmt.Errorf("write the server's settings: %w", err)
	}
	args := append(javaArgs(jars), "org.neo4j.server.CommunityEntryPoint", "--home-dir="+home, "--config-dir="+conf)
	cmd := exec.Command(java, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = home, os.Stdout, os.Stderr
	return cmd, nil
}

// Admin writes a script that does what neo4j-admin does, for the given home.
func Admin(java, jars, home string) (script string, err error) {
	conf := filepath.Join(home, "conf")
	if err := os.MkdirAll(conf, 0o700); err != nil {
		return "", fmt.Errorf("make the server's home: %w", err)
	}
	if err := os.WriteFile(filepath.Join(conf, "neo4j.conf"), nil, 0o600); err != nil {
		return "", fmt.Errorf("write the server's settings: %w", err)
	}
	text := "#!/bin/sh\nexport NEO4J_HOME='" + home + "' NEO4J_CONF='" + conf + "'\nexec '" + java + "'"
	for _, a := range javaArgs(jars) {
		text += " '" + a + "'"
	}
	script = filepath.Join(home, "neo4j-admin")
	if err := os.WriteFile(script, []byte(text+" org.neo4j.cli.AdminTool \"$@\"\n"), 0o700); err != nil {
		return "", fmt.Errorf("write neo4j-admin: %w", err)
	}
	return script, nil
}

func javaArgs(jars string) []string {
	args := []string{"-Xms256m", "-Xmx1g", "-XX:+UseSerialGC", "-Dio.netty.tryReflectionSetAccessible=true", "-Dlog4j2.disable.jmx=true"}
	for _, p := range []string{"nio", "io", "lang", "util.concurrent"} {
		args = append(args, "--add-opens", "java.base/java."+p+"=ALL-UNNAMED")
	}
	return append(args, "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED", "-cp", filepath.Join(jars, "*"))
}

// FreePort is a port that nobody listens on.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}
