package neo4j

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"casus/internal/testkit/neo4j/rendezvous"
)

// pom asks Maven for the server and all that it needs to run.
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>casus</groupId><artifactId>neo4j</artifactId><version>1</version><dependencies>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>` + version + `</version></dependency>
<dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>` + version + `</version></dependency>
</dependencies></project>
`

// fetchJars fills dir.Jars unless it is there. The caller holds the lock of dir.Alive.
func fetchJars(ctx context.Context, dir rendezvous.Dir) (err error) {
	_, err = os.Stat(dir.Jars())
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return unavailable("no Maven to fetch it with: %w", err)
	}
	half := filepath.Join(string(dir), "fetching")
	if err := os.RemoveAll(half); err != nil {
		return fmt.Errorf("fetch the server: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(half)) }()
	if err := os.Mkdir(half, 0o700); err != nil {
		return fmt.Errorf("fetch the server: %w", err)
	}
	if err := os.WriteFile(filepath.Join(half, "pom.xml"), []byte(pom), 0o600); err != nil {
		return fmt.Errorf("fetch the server: %w", err)
	}
	cmd := exec.CommandContext(ctx, mvn, "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
		"-DoutputDirectory=lib", "-DincludeScope=runtime")
	cmd.Dir = half
	if out, err := cmd.CombinedOutput(); err != nil {
		return unavailable("Maven could not fetch it: %w\n%s", err, out)
	}
	if err := os.Rename(filepath.Join(half, "lib"), dir.Jars()); err != nil {
		return fmt.Errorf("fetch the server: %w", err)
	}
	return nil
}

// findJava returns the Java of JAVA_HOME or of the path, if it is new enough for Neo4j 5.
func findJava(ctx context.Context) (string, error) {
	java := "java"
	if home := os.Getenv("JAVA_HOME"); home != "" {
		java = filepath.Join(home, "bin", "java")
	}
	java, err := exec.LookPath(java)
	if err != nil {
		return "", unavailable("no Java: %w", err)
	}
	out, err := exec.CommandContext(ctx, java, "-version").CombinedOutput()
	if err != nil {
		return "", unavailable("no Java: %s -version: %w", java, err)
	}
	if v := javaVersion(string(out)); v < 17 {
		return "", unavailable("no Java 17: %s is version %d", java, v)
	}
	return java, nil
}

var javaVersionLine = regexp.MustCompile(`version "(?:1\.)?(\d+)`)

// javaVersion reads the feature release (8, 17, 21) from what java -version prints; 0 if it is not there.
func javaVersion(out string) int {
	m := javaVersionLine.FindStringSubmatch(out)
	if m == nil {
		return 0
	}
	v, err := strconv.Atoi(m[1])
	if err != nil {
		return 0
	}
	return v
}
