package main

import (
	"fmt"
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

// server is the command that runs a fresh Neo4j Community in the given home, answering Bolt on the port after some seconds.
func server(java, jars, home string, port int) (*exec.Cmd, error) {
	conf := filepath.Join(home, "conf")
	for _, d := range []string{conf, filepath.Join(home, "data"), filepath.Join(home, "logs")} {
		if err := os.Mkdir(d, 0o700); err != nil {
			return nil, fmt.Errorf("make the server's home: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(conf, "neo4j.conf"), fmt.Appendf(nil, settings, port), 0o600); err != nil {
		return nil, fmt.Errorf("write the server's settings: %w", err)
	}
	args := []string{"-Xms256m", "-Xmx1g", "-XX:+UseSerialGC", "-Dio.netty.tryReflectionSetAccessible=true", "-Dlog4j2.disable.jmx=true"}
	for _, p := range []string{"nio", "io", "lang", "util.concurrent"} {
		args = append(args, "--add-opens", "java.base/java."+p+"=ALL-UNNAMED")
	}
	args = append(args, "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED", "-cp", filepath.Join(jars, "*"),
		"org.neo4j.server.CommunityEntryPoint", "--home-dir="+home, "--config-dir="+conf)
	cmd := exec.Command(java, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = home, os.Stdout, os.Stderr
	return cmd, nil
}
