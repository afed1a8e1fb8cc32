package commandline

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// SingleValue is the text of a flag that must not be repeated.
type SingleValue struct {
	value string
	isSet bool
}

// String returns the value.
func (v *SingleValue) String() string { return v.value }

// Type returns the word for the value in help texts.
func (v *SingleValue) Type() string { return "string" }

// Set sets the value once.
func (v *SingleValue) Set(value string) error {
	if v.isSet {
		return errors.New("the flag is specified more than once")
	}
	v.value, v.isSet = value, true
	return nil
}

// Values returns the values of a flag, of which one that must not be repeated has one.
func Values(flag fmt.Stringer) []string {
	if list, ok := flag.(interface{ GetSlice() []string }); ok {
		return list.GetSlice()
	}
	return []string{flag.String()}
}

// JoinValue returns args with each `--flag VALUE` as `--flag=VALUE`, if VALUE is one of values. Without this, a flag
// with an optional value never takes the next argument. The last word of a completion may be the beginning of a value.
func JoinValue(args []string, flag string, values []string) []string {
	var joined []string
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			return append(joined, args[i:]...)
		}
		if args[i] == flag && i+1 < len(args) && slices.Contains(values, args[i+1]) {
			joined = append(joined, flag+"="+args[i+1])
			i++
			continue
		}
		if args[i] == flag && i+2 == len(args) && isCompletion(args[0]) && beginsOne(values, args[i+1]) {
			return append(joined, flag+"="+args[i+1])
		}
		joined = append(joined, args[i])
	}
	return joined
}

// isCompletion reports whether a command is the one by which shells ask for completions.
func isCompletion(command string) bool {
	return command == cobra.ShellCompRequestCmd || command == cobra.ShellCompNoDescRequestCmd
}

// beginsOne reports whether a value begins with a word that is being typed.
func beginsOne(values []string, word string) bool {
	return slices.ContainsFunc(values, func(value string) bool { return strings.HasPrefix(value, word) })
}
