// Package containers checks the Dockerfile and compose.yaml with the parsers of Docker's own tools, where neither is
// installed.
package containers

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

const root = "../../.."

// TestDockerfile parses the Dockerfile, and checks that what it copies is there and its Go is not older than go.mod.
func TestDockerfile(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.Parse(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	var warnings []string
	lint := linter.New(&linter.Config{Warn: func(name, _, _, message string, _ []parser.Range) {
		warnings = append(warnings, name+": "+message)
	}})
	stages, _, err := instructions.Parse(parsed.AST, lint)
	if err != nil {
		t.Fatal(err)
	}
	if len(warnings) > 0 || len(parsed.Warnings) > 0 {
		t.Errorf("warnings: %q %v", warnings, parsed.Warnings)
	}
	if len(stages) != 2 {
		t.Fatalf("%d stages, want one that builds and one that runs", len(stages))
	}
	if want := "golang:" + goVersion(t); stages[0].BaseName != want {
		t.Errorf("builds with %s, want %s as in go.mod", stages[0].BaseName, want)
	}
	var user string
	for _, stage := range stages {
		for _, command := range stage.Commands {
			switch c := command.(type) {
			case *instructions.CopyCommand:
				for _, source := range c.SourcePaths {
					if file, inProject := strings.CutPrefix(source, "/src/"); c.From == "" || inProject {
						if _, err := os.Stat(filepath.Join(root, file)); err != nil {
							t.Errorf("COPY of a file that is not there: %v", err)
						}
					}
				}
			case *instructions.UserCommand:
				user = c.User
			}
		}
	}
	if user == "" || user == "root" {
		t.Errorf("runs as %q, want another user than root", user)
	}
}

// goVersion returns the language version of go.mod, such as 1.26.
func goVersion(t *testing.T) string {
	t.Helper()
	c := exec.Command("go", "list", "-m", "-f", "{{.GoVersion}}")
	c.Dir = root
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(strings.TrimSpace(string(out)), ".")
	return strings.Join(parts[:min(2, len(parts))], ".")
}

// TestCompose loads compose.yaml as `docker compose config` does, and checks that casus knows each command in it.
func TestCompose(t *testing.T) {
	if _, err := load(t); err == nil || !strings.Contains(err.Error(), "eight characters") {
		t.Errorf("without a password: %v, want the reason", err)
	}
	project, err := load(t, "CASUS_NEO4J_PASSWORD=a-password")
	if err != nil {
		t.Fatal(err)
	}
	if names := slices.Sorted(slices.Values(project.ServiceNames())); strings.Join(names, " ") != "casus load neo4j" {
		t.Fatalf("services %q", names)
	}
	for name, condition := range map[string]string{
		"load":  "neo4j: service_healthy",
		"casus": "load: service_completed_successfully",
	} {
		for on, d := range project.Services[name].DependsOn {
			if got := on + ": " + d.Condition; got != condition {
				t.Errorf("%s waits for %s, want %s", name, got, condition)
			}
		}
	}
	for _, port := range project.Services["casus"].Ports {
		if port.HostIP != "127.0.0.1" {
			t.Errorf("other machines reach port %s: the server has no tokens", port.Published)
		}
	}
	casus := filepath.Join(t.TempDir(), "casus")
	build := exec.Command("go", "build", "-o", casus, "./cmd/casus")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, s := range project.Services {
		if s.Build == nil {
			continue
		}
		out, err := exec.Command(casus, append(s.Command, "--help")...).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "casus "+s.Command[0]) {
			t.Errorf("%s: %q: %v: %s", name, s.Command, err, out)
		}
	}
}

func load(t *testing.T, env ...string) (*types.Project, error) {
	t.Helper()
	files := []string{filepath.Join(root, "compose.yaml")}
	options, err := cli.NewProjectOptions(files, cli.WithName("casus"), cli.WithEnv(env))
	if err != nil {
		t.Fatal(err)
	}
	return options.LoadProject(t.Context())
}
