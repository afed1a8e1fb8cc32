package neo4j

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const version = "5.26.30"

// pom is the Maven project whose dependencies are the server and all that it needs to run.
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion>
<groupId>casus</groupId><artifactId>neo4j</artifactId><version>1</version><dependencies>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>` + version + `</version></dependency>
<dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId>
<version>` + version + `</version></dependency>
</dependencies></project>
`

// cacheDir returns the folder of this Neo4j version in the user's cache, and makes it.
func cacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", unavailable("no cache directory: %w", err)
	}
	dir := filepath.Join(base, "casus", "neo4j-"+version)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", unavailable("no cache directory: %w", err)
	}
	return dir, nil
}

// jars returns the folder of the server's jars. The first process fetches them while the others wait; waited is the
// time for which this process waited.
func jars(ctx context.Context) (folder string, waited time.Duration, err error) {
	dir, err := cacheDir()
	if err != nil {
		return "", 0, err
	}
	folder = filepath.Join(dir, "lib") // complete where it exists
	if _, err := os.Stat(folder); err == nil {
		return folder, 0, nil
	}
	lock, waited, err := lockFile(filepath.Join(dir, "fetch.lock"), "another process to fetch Neo4j")
	if errors.Is(err, errors.ErrUnsupported) {
		err = unavailable("%w", err)
	}
	if err != nil {
		return "", waited, err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		return folder, waited, err
	}
	return folder, waited, fetchJars(ctx, dir, folder)
}

// fetchJars makes the folder of the jars. The caller holds the lock of the cache's folder.
func fetchJars(ctx context.Context, dir, folder string) (err error) {
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return unavailable("no Maven to fetch it with: %w", err)
	}
	half := filepath.Join(dir, "fetching")
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
	note("fetching Neo4j %s with Maven", version)
	const copyDependencies = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
	cmd := exec.CommandContext(ctx, mvn, "-q", "-B", copyDependencies, "-DoutputDirectory=lib", "-DincludeScope=runtime")
	cmd.Dir = half
	if out, err := cmd.CombinedOutput(); err != nil {
		return unavailable("Maven could not fetch it: %w\n%s", err, out)
	}
	if err := os.Rename(filepath.Join(half, "lib"), folder); err != nil {
		return fmt.Errorf("fetch the server: %w", err)
	}
	return nil
}
