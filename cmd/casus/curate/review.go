package curate

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/store"
)

func reviewCommand(p Program) *cobra.Command {
	var o Options
	var verdict string
	r := record.Review{Type: string(kg.KindReview)}
	c := &cobra.Command{
		Use:   "review CLAIM... | DOCUMENT | RELEASE --verdict CODING --by WHO",
		Short: "Record who coded claims: a person, a machine, or one whose work a person has reviewed",
		Long: `A claim that only a machine coded does not count towards the status of an event. The latest review of a
claim, of its document or of its release decides; each can be taken back.`,
		Example: `  casus review claim:gdelt:1 claim:gdelt:2 --verdict MACHINE_REVIEWED --by "Ada, desk" --note read
  casus review release:gdelt:2025-12-21 --verdict MACHINE --by "Ada, desk" --dry-run
  casus review back review:1`,
		Args: cobra.MinimumNArgs(1),
	}
	open := p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		if err := setTargets(p, &r, args); err != nil {
			return err
		}
		if r.Verdict = kg.Coding(strings.ToUpper(verdict)); !kg.Codings.Has(r.Verdict) {
			return p.Usage("specify the verdict: --verdict %s", joinCodings())
		}
		if r.By == "" {
			return p.Usage("specify who decides: --by WHO")
		}
		r.At = cmp.Or(r.At, edtf.InstantOf(time.Now()).String())
		s, err := open(c.Context(), c.ErrOrStderr())
		if err != nil {
			return err
		}
		defer closeStore(s, &err)
		effects, err := o.Load(c.Context(), s, r)
		if err != nil {
			return err
		}
		return o.Print(c, effects, fmt.Sprintf("reviewed: %s are %s", strings.Join(args, ", "), r.Verdict))
	}
	o.Add(c)
	flags := c.Flags()
	flags.StringVar(&verdict, "verdict", "", joinCodings())
	flags.StringVar(&r.By, "by", "", "who decides")
	flags.StringVar(&r.Note, "note", "", "a remark")
	flags.StringVar(&r.At, "at", "", "the time of the decision, RFC 3339 (default: now)")
	c.AddCommand(listCommand(p, kg.KindReview, "List the reviews, the earliest first",
		func(p store.ScanPage) []kg.Review { return p.Reviews }, kg.CompareReviews,
		func(v kg.Review) []any { return []any{v.At, v.ID, v.Verdict, fmt.Sprint(v.Targets()), v.By, v.Note} }),
		BackCommand(p, kg.KindReview))
	return c
}

// setTargets sets what is reviewed: claims, or one document or release.
func setTargets(p Program, r *record.Review, args []string) error {
	for _, arg := range args {
		switch id := kg.ID(arg); {
		case id.Kind() == kg.KindClaim && r.Document == "" && r.Release == "":
			r.Claims = append(r.Claims, id)
		case id.Kind() == kg.KindDocument && len(args) == 1:
			r.Document = id
		case id.Kind() == kg.KindRelease && len(args) == 1:
			r.Release = id
		default:
			return p.Usage("specify claims, or one document or release; not %s", id)
		}
	}
	return nil
}

func joinCodings() string {
	var all []string
	for _, c := range kg.Codings.Values() {
		all = append(all, string(c))
	}
	return strings.Join(all, ", ")
}
