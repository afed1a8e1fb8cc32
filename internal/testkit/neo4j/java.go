package neo4j

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// distribution is an installation of Neo4j: its jars and a Java to run them with.
type distribution struct {
	javaPath string
	jars     string        // a folder
	waited   time.Duration // for another process to fetch the jars
}

// findDistribution finds Java and Neo4j once for the process. It fetches Neo4j if the cache does not have it.
var findDistribution = sync.OnceValues(func() (distribution, error) {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	java, err := findJava(ctx)
	if err != nil {
		return distribution{}, err
	}
	folder, waited, err := jars(ctx)
	return distribution{java, folder, waited}, err
})

// shortLived has the JVM use its first compiler only (C1). A start then takes a third less processor time, but a
// server that plans hundreds of queries takes more.
const shortLived = "-XX:TieredStopAtLevel=1"

// longLived has the JVM use its second compiler (C2) three times as late as by default. A server that plans hundreds of
// queries, most of them once, then takes a tenth less processor time.
var longLived = []string{
	"-XX:Tier4InvocationThreshold=15000", "-XX:Tier4MinInvocationThreshold=1800", "-XX:Tier4CompileThreshold=45000",
	"-XX:Tier4BackEdgeThreshold=120000",
}

// java returns the command line that runs a class of Neo4j with options of the JVM.
func (d distribution) java(options []string, class string, args ...string) []string {
	line := []string{d.javaPath, "-Xms128m", "-Xmx512m", "-XX:+UseSerialGC"}
	line = append(line, options...)
	line = append(line, "-Dio.netty.tryReflectionSetAccessible=true", "-Dlog4j2.disable.jmx=true")
	for _, p := range []string{"java.nio", "java.io", "java.lang", "java.util.concurrent", "sun.nio.ch"} {
		line = append(line, "--add-opens", "java.base/"+p+"=ALL-UNNAMED")
	}
	line = append(line, "-cp", filepath.Join(d.jars, "*"), class)
	return append(line, args...)
}

// findJava returns the Java of JAVA_HOME or, if that is not set, of PATH, if it is new enough for Neo4j 5.
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

// javaVersion returns the feature release (8, 17, 21) in the output of java -version; 0 if there is none.
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
