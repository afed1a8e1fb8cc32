package fetch

import "github.com/spf13/cobra"

// Command returns `casus fetch`.
func Command(p Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "fetch",
		Short: "Download data sets from ACLED, UCDP and GDELT into files to load",
		Long: `Download from a data set's own service into files that "casus load" reads. Nothing is loaded; the
command for it is printed at the end. No other command downloads anything.

The same command continues an interrupted download. A file that is there, or unchanged at
its source, is not downloaded again. Next to each file, NAME.fetch.json says where it is from, by which
query and when.

Passwords and tokens are never flags, since other users of the machine can read command lines: they
are read from the environment, from a file that only you can read, or from the terminal.

Each source has terms of use: see docs/fetch.md.`,
		Example: `  casus fetch acled --country Mali --from 2024-01-01 --out data
  casus fetch acled --country Mali --from 2024-01-01 --changed-since last --out data
  casus fetch ucdp-ged 25.1 --out data
  casus fetch ucdp-candidate 26.0.8 --out data
  casus fetch gdelt --translated --out data`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(acledCommand(p), gedCommand(p), candidateCommand(p), gdeltCommand(p))
	return c
}
