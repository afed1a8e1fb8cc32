// Package docs runs the commands that pages of documentation show, for tests.
//
// A block of the language sh has commands. A block without a language is their output, with "..." where the page leaves
// something out. Comments before a block, which readers do not see, say more:
//
//	<!-- not run: it needs a Neo4j -->      the commands of the block are only checked
//	<!-- before: casus load --sample -->    commands that run before those of the block, or whose output it is
//	<!-- typed: a -->                       the standard input of the commands
//	<!-- saved as: ferry.txt -->            the block is the content of a file
package docs

import (
	"fmt"
	"strings"
)

// Block is a fenced block of a page with the comments before it.
type Block struct {
	Line     int // of the fence, from 1
	Language string
	Text     string
	// NotRun is why the commands of the block are not run; "" if they are.
	NotRun string
	// Before has commands, Typed the standard input, SavedAs the name of a file.
	Before, Typed, SavedAs string
}

// marked reports whether a comment applies to the block.
func (b Block) marked() bool { return b.NotRun+b.Before+b.Typed+b.SavedAs != "" }

// Parse returns the blocks of a page. It fails on a comment of this package that no block follows.
func Parse(page string) (blocks []Block, err error) {
	var next Block
	lines := strings.Split(page, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		switch {
		case strings.HasPrefix(line, "<!--"):
			comment := line
			for !strings.Contains(comment, "-->") && i+1 < len(lines) {
				i++
				comment += "\n" + strings.TrimSpace(lines[i])
			}
			next.read(comment)
		case strings.HasPrefix(line, "```"):
			next.Line, next.Language = i+1, strings.TrimPrefix(line, "```")
			from := i + 1
			for i++; i < len(lines) && strings.TrimSpace(lines[i]) != "```"; i++ {
			}
			if i == len(lines) {
				return nil, fmt.Errorf("line %d: the block does not end", next.Line)
			}
			next.Text = strings.Join(lines[from:i], "\n") + "\n"
			blocks = append(blocks, next)
			next = Block{}
		case line != "" && next.marked():
			return nil, fmt.Errorf("line %d: a block must follow the comment", i+1)
		}
	}
	return blocks, nil
}

// read reads a comment. Other comments than those of this package are ignored.
func (b *Block) read(comment string) {
	comment = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(comment, "<!--"), "-->"))
	key, value, _ := strings.Cut(comment, ":")
	value = strings.TrimSpace(value)
	switch key {
	case "not run":
		b.NotRun = value
	case "before":
		b.Before = value + "\n"
	case "typed":
		b.Typed = value + "\n"
	case "saved as":
		b.SavedAs = value
	}
}

// Inline returns the code within the text of a page, outside of blocks.
func Inline(page string) (spans []string) {
	inBlock := false
	var text strings.Builder
	for line := range strings.Lines(page) {
		switch {
		case strings.HasPrefix(strings.TrimSpace(line), "```"):
			inBlock = !inBlock
		case !inBlock:
			text.WriteString(line)
		}
	}
	for paragraph := range strings.SplitSeq(text.String(), "\n\n") {
		for i, span := range strings.Split(paragraph, "`") {
			if i%2 == 1 {
				spans = append(spans, strings.Join(strings.Fields(span), " "))
			}
		}
	}
	return spans
}
