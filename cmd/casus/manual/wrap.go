package manual

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

const (
	// width is the number of columns of help texts.
	width = 100
	// slop is the number of columns by which pflag lets the last line of a text exceed its width.
	slop = 5
)

// Wrap wraps the descriptions of root and its commands, and the usage of their flags.
func Wrap(root *cobra.Command) {
	template := root.UsageTemplate()
	root.SetUsageTemplate(strings.ReplaceAll(template, "FlagUsages ", fmt.Sprintf("FlagUsagesWrapped %d ", width-slop)))
	wrapDescriptions(root)
}

func wrapDescriptions(c *cobra.Command) {
	c.Long = wrapText(c.Long)
	for _, child := range c.Commands() {
		wrapDescriptions(child)
	}
}

// wrapText wraps paragraphs and the items of lists, which begin with "- ". Other indented lines stay as they are.
func wrapText(text string) string {
	var wrapped, part []string
	end := func() {
		wrapped, part = append(wrapped, wrapPart(part)...), nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		isItem, isIndented := strings.HasPrefix(line, "- "), strings.HasPrefix(line, " ")
		inItem := len(part) > 0 && strings.HasPrefix(part[0], "- ")
		switch {
		case line == "" || isIndented && !inItem:
			end()
			wrapped = append(wrapped, line)
		case isItem:
			end()
			part = append(part, line)
		default:
			part = append(part, line)
		}
	}
	end()
	return strings.Join(wrapped, "\n")
}

// wrapPart wraps the lines of one paragraph or item. One line that is not too wide keeps its spaces.
func wrapPart(lines []string) (wrapped []string) {
	if len(lines) == 0 || len(lines) == 1 && utf8.RuneCountInString(lines[0]) <= width {
		return lines
	}
	indent := ""
	if strings.HasPrefix(lines[0], "- ") {
		indent = "  "
	}
	line := ""
	for _, word := range strings.Fields(strings.Join(lines, " ")) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			wrapped, line = append(wrapped, line), indent+word
		default:
			line += " " + word
		}
	}
	return append(wrapped, line)
}
