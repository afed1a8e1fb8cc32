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
		Short: "Count what is stored",
		Long: `Count what is stored: nodes by kind, edges by type, versions of events. With --digest also print one hash over all of it, which is
the same for the same graph in every store, however it was loaded.`,
		Example: "  casus stats\n  casus stats --store neo4j://localhost:7687 --json\n  casus stats --digest",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			s, shown, err := flag.openExisting(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
			stats, err := s.Stats(c.Context())
			if err != nil {
				return err
			}
			hash := ""
			if withDigest {
				if hash, err = digest.Compute(c.Context(), s, nil); err != nil {
					return err
				}
			}
			if asJSON {
				return writeJSON(c.OutOrStdout(), statsJSON{shown, stats.Engine, stats.SchemaVersion, stats.Nodes, stats.Edges, stats.States, hash})
			}
			return printStats(c.OutOrStdout(), shown, stats, hash)
		},
	}
	flag.add(c)
	c.Flags().BoolVar(&withDigest, "digest", false, "also print one hash of the whole graph")
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return c
}

type statsJSON struct {
	Store         string                 `json:"store"`
	Engine        string                 `json:"engine"`
	SchemaVersion int                    `json:"schemaVersion"`
	Nodes         map[kg.NodeKind]int    `json:"nodes"`
	Edges         map[store.EdgeType]int `json:"edges"`
	States        int                    `json:"states"`
	Digest        string                 `json:"digest,omitempty"`
}

func printStats(w io.Writer, shown string, s store.Stats, hash string) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(table, "%s\t%s, schema version %d\n", shown, s.Engine, s.SchemaVersion)
	for _, k := range kg.NodeKinds() {
		_, _ = fmt.Fprintf(table, "%s\t%d\n", k, s.Nodes[k])
	}
	_, _ = fmt.Fprintf(table, "event states\t%d\n", s.States)
	for _, e := range store.EdgeTypes() {
		_, _ = fmt.Fprintf(table, "%s\t%d\n", e, s.Edges[e])
	}
	if hash != "" {
		_, _ = fmt.Fprintf(table, "digest\t%s\n", hash)
	}
	return table.Flush()
}
