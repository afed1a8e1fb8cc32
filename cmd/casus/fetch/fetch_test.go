package fetch_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casus/cmd/casus/fetch"
	"casus/internal/fetch/manifest"
	"casus/internal/testkit/services"
)

// desk runs the commands in an empty folder, against a stand-in of the services.
type desk struct {
	*services.Server
	t *testing.T
	// said is everything that was printed.
	said strings.Builder
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("CASUS_ACLED_EMAIL", services.Email)
	t.Setenv("CASUS_ACLED_PASSWORD", services.Password)
	t.Setenv("CASUS_UCDP_TOKEN", services.Token)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(t.TempDir(), "config"))
	return &desk{Server: services.New(t), t: t}
}

// run runs a command and returns what it prints.
func (d *desk) run(args ...string) (stdout, stderr string, err error) {
	d.t.Helper()
	var out, errs bytes.Buffer
	c := fetch.Command(fetch.Program{
		Version: "test",
		Usage:   func(format string, args ...any) error { return fmt.Errorf("usage: "+format, args...) },
		Hint:    func(err error, hint string) error { return fmt.Errorf("%w; hint: %s", err, hint) },
		Progress: func(w io.Writer, quiet bool) (func(fetch.Progress), func()) {
			return func(p fetch.Progress) {
				if !quiet {
					fmt.Fprintf(w, "%s %d/%d %d/%d\n", p.File, p.Rows, p.TotalRows, p.Bytes, p.TotalBytes)
				}
			}, func() {}
		},
	})
	c.SilenceUsage, c.SilenceErrors = true, true
	c.SetArgs(append(args, "--host", d.URL))
	c.SetIn(strings.NewReader(""))
	c.SetOut(&out)
	c.SetErr(&errs)
	err = c.ExecuteContext(d.t.Context())
	fmt.Fprintln(&d.said, out.String(), errs.String(), err)
	return out.String(), errs.String(), err
}

// expect runs a command that works and compares what it prints.
func (d *desk) expect(want string, args ...string) (stderr string) {
	d.t.Helper()
	stdout, stderr, err := d.run(args...)
	if err != nil {
		d.t.Fatalf("%v: %v\n%s", args, err, stderr)
	}
	if diff := cmp.Diff(want, stdout); diff != "" {
		d.t.Errorf("%v: %s", args, diff)
	}
	return stderr
}

// refuse runs a command that fails with some words.
func (d *desk) refuse(words string, args ...string) {
	d.t.Helper()
	stdout, _, err := d.run(args...)
	if err == nil || !strings.Contains(err.Error(), words) {
		d.t.Errorf("%v: %v, want %q; %s", args, err, words, stdout)
	}
}

// redate makes the only release of today one of another day, as if that day had been today.
func redate(t *testing.T, day string) {
	t.Helper()
	files, err := filepath.Glob("acled-*")
	if err != nil {
		t.Fatal(err)
	}
	today := time.Now().UTC().Format(time.DateOnly)
	for _, file := range files {
		if !strings.Contains(file, today) {
			continue
		}
		name := strings.Replace(file, today, day, 1)
		if err := os.Rename(file, name); err != nil {
			t.Fatal(err)
		}
		data, isManifest := strings.CutSuffix(name, ".fetch.json")
		if !isManifest {
			continue
		}
		m, _ := manifest.Read(data)
		if m.StartedAt, err = time.Parse(time.DateOnly, day); err != nil {
			t.Fatal(err)
		}
		m.Release, m.Released = day, day
		if err := manifest.Write(t.Context(), data, m); err != nil {
			t.Fatal(err)
		}
	}
}

func TestACLED(t *testing.T) {
	d := newDesk(t)
	today := time.Now().UTC().Format(time.DateOnly)
	name := "acled-" + today + ".jsonl"
	full := name + ": 4 rows\nload with: casus load --release " + today + " --released " + today + " " + name + "\n"
	stderr := d.expect(full, "acled", "--country", "Arland", "--page-size", "3")
	if !strings.Contains(stderr, name+" 3/0 0/0\n"+name+" 4/0 0/0\n") {
		t.Errorf("progress: %q", stderr)
	}
	d.Requests()
	there := strings.Replace(full, " rows", " rows, there already", 1)
	d.expect(there, "acled", "--country", "Arland")
	if got := d.Requests(); len(got) > 0 {
		t.Errorf("a file that is there was asked for: %q", got)
	}
	d.expect(full, "acled", "--country", "Arland", "--again")
	d.refuse("is not what this command downloads", "acled", "--country", "Boria")
	d.expect("", "acled", "--country", "Boria", "--out", "boria", "--quiet")
	if _, err := os.Stat(filepath.Join("boria", name)); err != nil {
		t.Error(err)
	}
	m, found := manifest.Read(name)
	if !found || m.Rows != 4 || m.Host != d.URL || m.Query != "country=Arland" || m.Release != today {
		t.Errorf("%+v", m)
	}
}

// TestChanges downloads changes and deletions since the last download.
func TestChanges(t *testing.T) {
	d := newDesk(t)
	today := time.Now().UTC().Format(time.DateOnly)
	changes, deleted := "acled-"+today+".jsonl", "acled-"+today+".deleted.jsonl"
	load := "load with: casus load --dataset acled --release " + today + " --released " + today + " --part "
	args := []string{"acled", "--country", "Arland", "--changed-since", "last"}

	full := "load with: casus load --release " + today + " --released " + today + " " + changes + "\n"
	stderr := d.expect(changes+": 4 rows\n"+full, args...)
	if !strings.Contains(stderr, "no earlier download of these events") {
		t.Error(stderr)
	}
	redate(t, "2024-03-20")
	d.expect("", args...) // nothing is newer
	d.Events[1]["timestamp"] = "1710940000"
	d.Events = append(d.Events[1:], services.Event("ARL5", "Arland", "2024-03-19", 1, 1_710_940_000))
	d.Deleted = []services.Row{
		{"event_id_cnty": "ARL1", "deleted_timestamp": 1_711_000_000},
		{"event_id_cnty": "ARL77", "deleted_timestamp": 1_711_000_000}, // never downloaded
		{"event_id_cnty": "ARL2", "deleted_timestamp": 1_711_000_000},  // and added again
		{"event_id_cnty": "ARL4", "deleted_timestamp": 1_600_000_000},  // long ago
	}
	// A failure after the events and before the deletions loses neither.
	d.Misbehave(nil, nil, services.Status(403))
	d.refuse("no access", args...)
	want := changes + ": 2 rows, there already\n" + deleted + ": 1 row\n" + load + changes + " " + deleted + "\n"
	stderr = d.expect(want, args...)
	if !strings.Contains(stderr, "of 3 events that ACLED deleted since 2024-03-18, files of this folder have 1") {
		t.Error(stderr)
	}
	content, err := os.ReadFile(deleted)
	if err != nil || string(content) != `{"deleted_timestamp":1711000000,"event_id_cnty":"ARL1"}`+"\n" {
		t.Errorf("%s %v", content, err)
	}
	d.expect(strings.ReplaceAll(want, "1 row\n", "1 row, there already\n"), args...)
	redate(t, "2024-03-27")
	// Only deletions.
	d.Events, d.Deleted = d.Events[:1], []services.Row{{"event_id_cnty": "ARL4", "deleted_timestamp": 1_711_600_000}}
	d.expect(deleted+": 1 row\n"+load+deleted+"\n", args...)
	d.expect(deleted+": 1 row\n"+load+deleted+"\n", append(args, "--again")...)
}

func TestThreeReasonsAndTheirHints(t *testing.T) {
	d := newDesk(t)
	d.refuse("no events that match the query; hint: compare the names", "acled", "--country", "Nowhere")
	d.NoAccess = true
	d.refuse("has no access to the data: ", "acled", "--all")
	d.NoAccess = false
	t.Setenv("CASUS_ACLED_EMAIL", "other@example.org")
	d.refuse("does not accept the login: ", "acled", "--all")
	d.refuse("hint: check $CASUS_ACLED_EMAIL and $CASUS_ACLED_PASSWORD", "acled", "--all")
	t.Setenv("CASUS_ACLED_PASSWORD", "")
	d.refuse("there are no credentials; hint: set $CASUS_ACLED_EMAIL and $CASUS_ACLED_PASSWORD", "acled", "--all")
	t.Setenv("CASUS_UCDP_TOKEN", "")
	d.refuse("hint: set $CASUS_UCDP_TOKEN", "ucdp-ged", "25.1")
	t.Setenv("CASUS_UCDP_TOKEN", "two words")
	d.refuse("usage: $CASUS_UCDP_TOKEN: not one token", "ucdp-ged", "25.1")
	if entries, err := filepath.Glob("*.jsonl*"); err != nil || len(entries) > 0 {
		t.Errorf("left: %q %v", entries, err)
	}
}

func TestUCDP(t *testing.T) {
	d := newDesk(t)
	load := "load with: casus load --format ucdp-ged --release 25.1 --released 2025-06 ucdp-ged-25.1.jsonl\n"
	stderr := d.expect("ucdp-ged-25.1.jsonl: 5 rows\n"+load, "ucdp-ged", "25.1", "--page-size", "2")
	if !strings.Contains(stderr, "ucdp-ged-25.1.jsonl 2/5 0/0\n") ||
		!strings.Contains(stderr, "UCDP does not say when it released 25.1") {
		t.Error(stderr)
	}
	for _, etags := range []bool{true, false} {
		d.Requests()
		d.ETags = etags
		args := []string{"ucdp-ged", "25.1", "--page-size", "2"}
		if !etags { // the manifest has a tag, and the server none: it cannot know
			d.expect("ucdp-ged-25.1.jsonl: 5 rows\n"+load, args...)
		}
		d.Requests()
		d.expect("ucdp-ged-25.1.jsonl: 5 rows, there already\n"+load, args...)
		if got := d.Requests(); len(got) != 1 {
			t.Errorf("with tags %t: %q", etags, got)
		}
	}
	d.Versions["25.1"] = d.Versions["25.1"][:3]
	d.expect("ucdp-ged-25.1.jsonl: 3 rows\n"+load, "ucdp-ged", "25.1")
	d.expect("part/ucdp-ged-25.1.jsonl: 3 rows\nload with: casus load --format ucdp-ged --release 25.1 "+
		"--released 2025-06-11 --part part/ucdp-ged-25.1.jsonl\n",
		"ucdp-ged", "25.1", "--country", "900", "--released", "2025-06-11", "--out", "part")
	d.expect("ucdp-candidate-26.0.8.jsonl: 5 rows\nload with: casus load --format ucdp-candidate --release 26.0.8 "+
		"--released 2026-09 --part ucdp-candidate-26.0.8.jsonl\n", "ucdp-candidate", "26.0.8")
	today := time.Now().UTC().Format(time.DateOnly)
	d.expect("ucdp-candidate-26.01.26.06.jsonl: 2 rows\nload with: casus load --format ucdp-candidate "+
		"--release 26.01.26.06 --released "+today+" --part ucdp-candidate-26.01.26.06.jsonl\n",
		"ucdp-candidate", "26.01.26.06")
	d.Versions["25.1"] = nil
	d.refuse("no events in 25.1", "ucdp-ged", "25.1", "--out", "empty")
	d.refuse("no version 24.1", "ucdp-ged", "24.1")
	if err := os.WriteFile("token", []byte(services.Token+"\n"), 0o644); err != nil { //nolint:gosec // on purpose
		t.Fatal(err)
	}
	t.Setenv("CASUS_UCDP_TOKEN", "")
	stderr = d.expect("t/ucdp-candidate-26.0.8.jsonl: 5 rows\nload with: casus load --format ucdp-candidate --release "+
		"26.0.8 --released 2026-09 --part t/ucdp-candidate-26.0.8.jsonl\n",
		"ucdp-candidate", "26.0.8", "--token-file", "token", "--out", "t")
	if !strings.Contains(stderr, "token could be read by others; now only its owner can") {
		t.Error(stderr)
	}
	d.expect("", "ucdp-candidate", "26.0.8", "--token-file", "token", "--out", "quiet", "-q")
}

func TestGDELT(t *testing.T) {
	d := newDesk(t)
	events, mentions := "20261130013000.export.CSV.zip", "20261130013000.mentions.CSV.zip"
	d.expect(events+"\n"+mentions+"\nload with: casus load "+events+" "+mentions+"\n", "gdelt")
	before := d.Downloaded
	d.expect(events+", there already\n"+mentions+", there already\nload with: casus load "+events+" "+mentions+"\n",
		"gdelt")
	if d.Downloaded != before {
		t.Errorf("%d bytes more", d.Downloaded-before)
	}
	if err := os.Remove(events); err != nil {
		t.Fatal(err)
	}
	d.Requests()
	d.expect(events+"\nload with: casus load "+events+"\n", "gdelt", "--kind", "events") // the list is unchanged
	if got := d.Requests(); len(got) != 2 {
		t.Errorf("%q", got)
	}
	d.Update("lastupdate.txt", "20261130014500", "")
	stdout, _, err := d.run("gdelt", "--translated", "--json")
	var report struct {
		Files []struct {
			Path string
			New  bool
		}
		Load []string
	}
	if err != nil || json.Unmarshal([]byte(stdout), &report) != nil || len(report.Files) != 4 || !report.Files[0].New ||
		report.Files[0].Path != "20261130014500.export.CSV.zip" || len(report.Load) != 5 {
		t.Errorf("%v %s", err, stdout)
	}
	d.Files[events][9]++ // the list states another checksum
	if err := os.Remove(events); err != nil {
		t.Fatal(err)
	}
	d.Lists["lastupdate.txt"] = strings.ReplaceAll(d.Lists["lastupdate.txt"], "20261130014500", "20261130013000")
	d.refuse("checksum", "gdelt")
	d.refuse("--kind \"gkg\" is not one of", "gdelt", "--kind", "gkg")
}

func TestCommandLines(t *testing.T) {
	d := newDesk(t)
	for words, line := range map[string]string{
		"say what to download":                "acled",
		"--all and other selections":          "acled --all --country Arland",
		`--from "soon" is not a day`:          "acled --from soon",
		`--changed-since "2024" is not a day`: "acled --all --changed-since 2024",
		"is before the first":                 "acled --from 2024-02-01 --to 2024-01-01",
		`"a|b" is not the name of a country`:  "acled --country a|b",
		"--page-size is 1 to 5000":            "acled --all --page-size 0",
		"accepts 1 arg(s)":                    "ucdp-ged",
		"see ucdp-candidate":                  "ucdp-ged 26.0.8",
		"see ucdp-ged":                        "ucdp-candidate 25.1",
		"--country 0 is not the number":       "ucdp-ged 25.1 --country 0",
		"usage: --released":                   "ucdp-ged 25.1 --released soon",
		"--page-size is 1 to 1000":            "ucdp-ged 25.1 --page-size 5000",
		"unknown flag: --password":            "acled --password x",
	} {
		d.refuse(words, strings.Fields(line)...)
	}
	if got := d.Requests(); len(got) > 0 {
		t.Errorf("an invalid command line made requests: %q", got)
	}
	for _, host := range []string{"http://example.org", "example.org", "https://a:b@example.org"} {
		d.URL = host
		d.refuse("usage: --host: ", "acled", "--all")
	}
}

// TestSecretsAreNeverSaid looks for credentials in all that commands print and store, except in the token file.
func TestSecretsAreNeverSaid(t *testing.T) {
	d := newDesk(t)
	faults := []services.Fault{nil, services.Echo(400), services.Echo(401), services.Echo(403), services.LoginPage()}
	for _, f := range faults {
		for _, line := range []string{"acled --all --again", "ucdp-ged 25.1 --again", "gdelt --again"} {
			for before := range 2 {
				d.Misbehave(append(make([]services.Fault, before), f)...)
				_, _, _ = d.run(strings.Fields(line)...) // whatever comes of it
				d.drain()
			}
		}
	}
	stored := 0
	for _, root := range []string{".", os.Getenv("XDG_CONFIG_HOME")} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			if filepath.Base(path) == "acled-tokens.json" {
				stored++
				content = bytes.ReplaceAll(content, []byte("-token-"), nil)
			}
			fmt.Fprintf(&d.said, "%s", content)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if stored != 1 {
		t.Errorf("%d token files", stored)
	}
	for _, s := range []string{services.Password, services.Token, "access-token-", "refresh-token-"} {
		if strings.Contains(d.said.String(), s) {
			t.Errorf("%s is said or stored", s)
		}
	}
	if !strings.Contains(d.said.String(), "[secret]") {
		t.Error("nothing was masked: the test shows nothing")
	}
}

// drain uses up the faults that are left.
func (d *desk) drain() {
	for range 4 {
		w := discard{}
		d.ServeHTTP(w, newRequest(d.t))
	}
}
