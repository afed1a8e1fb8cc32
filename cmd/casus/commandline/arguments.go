// Package commandline adds to cobra how the commands of casus take arguments and flags.
package commandline

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// ExplainArguments makes commands say which arguments they take, by the names in their usage, where cobra counts.
func ExplainArguments(c *cobra.Command) {
	for _, child := range c.Commands() {
		ExplainArguments(child)
	}
	check := c.Args
	if check == nil || !c.Runnable() {
		return
	}
	c.Args = func(c *cobra.Command, args []string) error {
		err := check(c, args)
		if err == nil || !isCount(err) && (!isUnknown(err) || c.HasSubCommands()) {
			return err
		}
		got := "got none"
		if len(args) > 0 {
			got = fmt.Sprintf("got %d: %s", len(args), strings.Join(args, " "))
		}
		return fmt.Errorf("%s takes %s, and %s", c.CommandPath(), operands(c), got)
	}
}

// isCount reports whether an error of cobra counts arguments.
func isCount(err error) bool { return strings.Contains(err.Error(), "arg(s)") }

// isUnknown reports whether an error of cobra takes an argument for the name of a command.
func isUnknown(err error) bool { return strings.HasPrefix(err.Error(), "unknown command") }

// operands returns the arguments of a command that are not flags, such as "CLAIM..., DOCUMENT or RELEASE".
func operands(c *cobra.Command) string {
	var words []string
	for _, word := range strings.Fields(c.Use)[1:] {
		if strings.HasPrefix(strings.TrimPrefix(word, "["), "-") {
			break
		}
		words = append(words, word)
	}
	choices := strings.Split(strings.Join(words, " "), " | ")
	last := len(choices) - 1
	switch {
	case len(words) == 0:
		return "no argument"
	case last == 0:
		return choices[0]
	}
	return strings.Join(choices[:last], ", ") + " or " + choices[last]
}
