package form

import (
	_ "embed"
	"strings"

	"casus/internal/text"
)

// The example of the instructions. Models copy examples into answers, so its names are made up and occur nowhere else,
// and an entry that has one of them is refused.
var (
	//go:embed example.txt
	exampleText string
	//go:embed example.json
	exampleForm string
)

// exampleNames are the names of the example, in English and as keys.
var exampleNames = []string{"Ostravelle", "Quillmarch", "Harl Dovenska", "Dovenska", "Brindlemere Post", "Brindlemere"}

// exampleIn returns the first name of the example that a text has, or "".
func exampleIn(s string) string {
	tokens := " " + strings.Join(text.Tokens(s), " ") + " "
	for _, name := range exampleNames {
		if strings.Contains(tokens, " "+strings.Join(text.Tokens(name), " ")+" ") {
			return name
		}
	}
	return ""
}
