package migrate

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// TestRun migrates databases with a schema version, or with labels of another program: an unread version and a foreign
// database are refused by name, and nothing is written to them.
func TestRun(t *testing.T) {
	for _, c := range []struct {
		name    string
		version int64
		foreign string
		// want are the migrations that ran; refused is a part of the error.
		want, refused string
	}{
		{"new", 0, "", "0007_graph.cypher 0008_extracted.cypher", ""},
		{"not a store", 0, "Person", "", "neo4j://db:7687/war is a Neo4j database, but not a store of Casus: it has nodes " +
			"labelled Person"},
		{"too old", 6, "", "", "the store neo4j://db:7687/war has schema version 6, which an older version of Casus wrote; " +
			"this one reads versions 7 to 8"},
		{"older", 7, "", "0008_extracted.cypher", ""},
		{"current", 8, "", "", ""},
		{"newer", 9, "", "", "the store neo4j://db:7687/war has schema version 9, which a newer version of Casus wrote; " +
			"this one reads versions 7 to 8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var ran, written []string
			query := func(_ context.Context, statement string, params map[string]any) ([]*neo4j.Record, error) {
				switch {
				case strings.HasPrefix(statement, "OPTIONAL MATCH (m:Migration)"):
					return []*neo4j.Record{{Keys: []string{"version"}, Values: []any{c.version}}}, nil
				case strings.HasPrefix(statement, "CALL db.labels()") && c.foreign != "":
					return []*neo4j.Record{{Keys: []string{"label"}, Values: []any{c.foreign}}}, nil
				case strings.HasPrefix(statement, "CALL db.labels()"), strings.HasPrefix(statement, "SHOW INDEXES"):
					return nil, nil
				case strings.HasPrefix(statement, "MERGE (m:Migration"):
					ran = append(ran, fmt.Sprint(params["name"]))
				}
				written = append(written, statement)
				return nil, nil
			}
			version, err := Run(t.Context(), query, "neo4j://db:7687/war")
			switch {
			case c.refused == "" && (err != nil || version != 8):
				t.Errorf("version %d, %v", version, err)
			case c.refused != "" && (kg.CodeOf(err) != kg.Conflict || !strings.Contains(err.Error(), c.refused)):
				t.Errorf("%v, want CONFLICT with %q", err, c.refused)
			case c.refused != "" && len(written) > 0:
				t.Errorf("%d statements ran, such as %s", len(written), written[0])
			}
			if got := strings.Join(ran, " "); got != c.want {
				t.Errorf("the migrations %q ran, want %q", got, c.want)
			}
		})
	}
}

func TestStoreURL(t *testing.T) {
	server, err := url.Parse("neo4j+s://me:secret@db:7687?policy=eu")
	if err != nil {
		t.Fatal(err)
	}
	for database, want := range map[string]string{
		"": "neo4j+s://db:7687?policy=eu", "war": "neo4j+s://db:7687/war?policy=eu",
	} {
		if got := StoreURL(*server, database); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
