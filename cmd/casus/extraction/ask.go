package extraction

import (
	"cmp"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/extract/prompt"
)

// The variables of an endpoint. There is no flag for the key, because other users of the machine can read command
// lines.
const (
	envEndpoint = "CASUS_EXTRACT_ENDPOINT"
	envModel    = "CASUS_EXTRACT_MODEL"
	envKey      = "CASUS_EXTRACT_KEY"
)

// defaultEndpoint is where llama-server listens.
const defaultEndpoint = "http://127.0.0.1:8080"

// The defaults of the bounds of a run.
const (
	defaultTokens  = 200_000
	defaultTimeout = 10 * time.Minute
	defaultSeed    = 1
)

// askCommand returns `casus extract`, which asks a model.
func askCommand(p Program) *cobra.Command {
	var r askRun
	c := &cobra.Command{
		Use:   "extract ARTICLE...",
		Short: "Turn articles into records: ask a model, or print the form and convert an answer",
		Long: `Turn articles into records that can be loaded. A language model fills in a form with what an article
says: who, where, what happened, and who says so in which words. Casus trusts none of it: what does
not stand in the text is refused, what is doubtful is flagged, and a person reads the proposal before
it is loaded. docs/extract.md explains it.

The model is asked through an endpoint that is compatible with OpenAI's chat completions, such as
llama-server, Ollama, vLLM or LM Studio: three questions an article (who and where; events; claims),
for long ones three for each window of sentences, then once more about sentences without a claim and
about entries whose words do not stand in the text. The endpoint must be on this machine unless
--allow-remote is set; the key of a remote one is taken from $` + envKey + `. Answers are stored in
--cache: the same command continues an interrupted run, and asks nothing twice.

ARTICLE is text, Markdown, HTML, PDF (with Poppler), a WACZ archive, whose pages are articles, a
folder, or - for the standard input. Of several articles one that fails does not end the others.

"casus extract form" and "casus extract convert" do the same without any network, with the help of a chat.`,
		Example: `  casus extract article.txt --model qwen3 --published 2031-03-09 --publisher "Lorman Herald"
  casus extract page.html --model qwen3 --endpoint http://127.0.0.1:11434 --store sqlite:casus.db
  casus extract articles --model qwen3 --published 2031-03-09 --out proposals
  casus extract page.html --model gpt --endpoint https://api.example.com --allow-remote --estimate
  casus extract review page.review.json --store sqlite:casus.db --by "Ada, desk"`,
		Args: cobra.ArbitraryArgs,
	}
	r.open, r.storeFiles = p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		if command := misspelt(c, args[0]); command != "" {
			return p.Usage("%s is neither a file nor a command; did you mean %s?", args[0], command)
		}
		return r.run(c, p, args)
	}
	r.article.add(p, c)
	r.output.add(c)
	flags := c.Flags()
	flags.StringVar(&r.endpoint, "endpoint", cmp.Or(os.Getenv(envEndpoint), defaultEndpoint),
		"the endpoint's address; $"+envEndpoint+" replaces the default")
	flags.StringVar(&r.model, "model", os.Getenv(envModel), "the model's name at the endpoint (default $"+envModel+")")
	flags.BoolVar(&r.allowRemote, "allow-remote", false,
		"permit an endpoint on another machine, to which the articles are sent")
	flags.StringVar(&r.cache, "cache", "", "the folder of the answers (default: casus/extract in the user's cache folder)")
	flags.IntVar(&r.maxTokens, "max-tokens", defaultTokens,
		"stop before questions and answers exceed this number of tokens")
	flags.IntVar(&r.seed, "seed", defaultSeed, "the seed of the model's choices")
	flags.IntVar(&r.window, "window", prompt.DefaultWindow,
		"the number of characters of a text that are asked about at once")
	flags.DurationVar(&r.timeout, "timeout", defaultTimeout, "how long the endpoint may be silent")
	r.at.add(c)
	flags.BoolVar(&r.estimate, "estimate", false, "print what the run may cost, and ask nothing")
	flags.BoolVarP(&r.quiet, "quiet", "q", false, "print no progress")
	return c
}

// misspelt returns the command that the name of a missing file is nearly like, or "".
func misspelt(c *cobra.Command, name string) string {
	if _, err := os.Stat(name); err == nil || name == "-" {
		return ""
	}
	c.SuggestionsMinimumDistance = 2
	if near := c.SuggestionsFor(name); len(near) > 0 {
		return near[0]
	}
	return ""
}

// say prints a message for people, unless --quiet is set.
func (r *askRun) say(w io.Writer, format string, args ...any) {
	if !r.quiet {
		printLine(w, format, args...)
	}
}
