package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"casus/internal/digest"
	"casus/internal/kg"
	"casus/internal/store"
)

func statsCommand() *cobra.Command {
	var flag storeFlag
	asJSON, withDigest := false, false
	c := &cobra.Command{
		Use:   "stats",
		Short: "Count nodes, edges and states",
		Long: `Count the stored nodes by kind, edges by type, and state versions of events. --digest adds a hash of the
whole graph. Equal graphs have equal hashes in every store, independent of how they were loaded.`,
		Example: "  casus stats\n  casus stats --store neo4j://localhost:7687 --json\n  casus stats --digest",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			s, shown, err := flag.openExisting(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closeStore(s, &err)
			stats, err := s.Stats(c.Context())
			if err != nil {
				return err
			}
			r := statsReport{shown, stats.Engine, stats.SchemaVersion, stats.Nodes, stats.Edges, stats.States, ""}
			if withDigest {
				if r.Digest, err = digest.Compute(c.Context(), s); err != nil {
					return err
				}
			}
			if asJSON {
				return writeJSON(c.OutOrStdout(), r)
			}
			return r.print(c.OutOrStdout())
		},
	}
	flag.add(c)
	c.Flags().BoolVar(&withDigest, "digest", false, "also print a hash of the whole graph")
	addJSONFlag(c, &asJSON, "the report")
	return c
}

// statsReport is the JSON report of stats.
type statsReport struct {
	Store         string                 `json:"store"`
	Engine        string                 `json:"engine"`
	SchemaVersion int                    `json:"schemaVersion"`
	Nodes         map[kg.NodeKind]int    `json:"nodes"`
	Edges         map[store.EdgeType]int `json:"edges"`
	States        int                    `json:"states"`
	Digest        string                 `json:"digest,omitempty"`
}

func (r statsReport) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(table, "%s\t%s, schema version %d\n", r.Store, r.Engine, r.SchemaVersion)
	for _, k := range kg.NodeKinds.Values() {
		_, _ = fmt.Fprintf(table, "%s\t%d\n", k, r.Nodes[k])
	}
	_, _ = fmt.Fprintf(table, "event states\t%d\n", r.States)
	for _, e := range store.EdgeTypes.Values() {
		_, _ = fmt.Fprintf(table, "%s\t%d\n", e, r.Edges[e])
	}
	if r.Digest != "" {
		_, _ = fmt.Fprintf(table, "digest\t%s\n", r.Digest)
	}
	return table.Flush()
}
