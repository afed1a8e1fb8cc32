package extraction

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/extract/eval"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

func evalCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "eval GOLD PROPOSAL",
		Short: "Compare a proposal with a gold coding of the same articles",
		Long: `Compare the records of two codings of the same articles, as JSON Lines: files such as NAME.proposal.jsonl, or
folders of them. Articles are the same if their texts are; ids are not compared. Nothing is written, and no
store and no network is used.

It prints precision and recall by kind of record, how exactly the words of matched claims agree, dates, and
how often matched records agree in stance, claimants and other properties, with Cohen's kappa. Both sides
may be codings of equal standing: then F1 and kappa measure their agreement. docs/extract.md defines what
matches.`,
		Example: `  casus extract eval gold.jsonl page.proposal.jsonl
  casus extract eval gold proposals --json`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			gold, err := readCodings(args[0])
			if err != nil {
				return err
			}
			proposed, err := readCodings(args[1])
			if err != nil {
				return err
			}
			report := eval.Compare(gold, proposed)
			if len(report.Missing) == len(gold) {
				return kg.Errorf(kg.NotFound, "%s has none of the articles of %s", args[1], args[0])
			}
			if !asJSON {
				return report.WriteTable(c.OutOrStdout())
			}
			e := json.NewEncoder(c.OutOrStdout())
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(report)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the numbers as JSON, of all articles and of each")
	return c
}

// maxCodingBytes bounds a file of records.
const maxCodingBytes = 256 << 20

// readCodings reads the records of a file, or of all files *.jsonl of a folder except refused entries.
func readCodings(path string) ([]*eval.Coding, error) {
	files := []string{path}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if files, err = recordFiles(path); err != nil {
			return nil, err
		}
	}
	r := eval.NewReader()
	for _, f := range files {
		content, err := readFile("records", f, nil, maxCodingBytes)
		if err != nil {
			return nil, err
		}
		if err := r.Add(f, bytes.NewReader(content)); err != nil {
			return nil, err
		}
	}
	all, err := r.Codings()
	if err == nil && len(all) == 0 {
		err = kg.Errorf(kg.BadInput, "%s has no document record", path)
	}
	return all, err
}

func recordFiles(folder string) (files []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot list %s: %w", folder, err)
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".jsonl") && !strings.HasSuffix(name, proposal.RefusedFile) {
			files = append(files, filepath.Join(folder, name))
		}
	}
	return files, nil
}
