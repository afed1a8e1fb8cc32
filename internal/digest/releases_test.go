package digest_test

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/open"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/loader"
	"casus/loader/mapping"
)

// Three releases: b changes and changes back, c is missing in the second, d and e come later.
var raidReleases = []string{
	"a,2011-01-01,1\nb,2012-01-01,2\nc,2013-01-01,3\n",
	"a,2011-01-01,1\nb,2012-01-01,20\nd,2014-01-01,4\n",
	"a,2011-01-01,1\nb,2012-01-01,2\nc,2013-01-01,3\ne,2011-05-05,5\n",
}

const raids = `mapping: 1
name: raids
published: '= date(row.day)'
records:
  - event:
      id: '= "event:raids:" + row.id'
      titles: ['= "Raid " + row.id']
      category: ASSAULT
      modality: OCCURRED
      time: '= date(row.day)'
      figures: [{kind: KILLED, best: '= number(row.dead)'}]
`

func loadRaids(t *testing.T, s store.Store, order string) string {
	t.Helper()
	for _, number := range order {
		i := int(number - '1')
		m, err := mapping.Parse("raids.yaml", []byte(raids), nil)
		if err != nil {
			t.Fatal(err)
		}
		at, err := edtf.ParseTime(fmt.Sprintf("202%d-06-01", i))
		if err != nil {
			t.Fatal(err)
		}
		in := loader.Input{Name: "raids.csv", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("id,day,dead\n" + raidReleases[i])), nil
		}}
		r := &loader.Release{Dataset: "raids", Release: string(number), ReleasedAt: &at}
		if report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{
			Release: r, ChunkSize: 2, BatchSize: 2,
		}); err != nil || report.Rejected > 0 {
			t.Fatalf("%v %+v", err, report)
		}
	}
	return digestOf(t, s)
}

// TestReleasesHaveOneDigest loads the releases in any order into every store.
func TestReleasesHaveOneDigest(t *testing.T) {
	want := loadRaids(t, memory.New(), "123")
	for _, order := range []string{"132", "213", "231", "312", "321"} {
		file, err := open.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "casus.db"), open.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := loadRaids(t, file, order); got != want {
			t.Errorf("SQLite, %s: %s, want %s", order, got, want)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestReleasesHaveOneDigestInNeo4j(t *testing.T) {
	want := loadRaids(t, memory.New(), "123")
	s, err := open.Open(t.Context(), neo4jtest.New(t), open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if got := loadRaids(t, s, "231"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
