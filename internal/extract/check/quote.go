package check

import "strings"

// quotationMarks are the marks around direct speech. A dash begins it in some languages.
const quotationMarks = "\"“”„‟«»‹›＂〝〞‘’‚‛'—–"

// Quoted returns a flag unless there is a quotation mark before the words or at their beginning, and one after them or
// at their end. before and after are the rest of their line.
func Quoted(before, words, after string) []Flag {
	opened := strings.ContainsAny(before, quotationMarks) || strings.IndexAny(words, quotationMarks) == 0
	last := strings.LastIndexAny(words, quotationMarks)
	closed := strings.ContainsAny(after, quotationMarks) ||
		last >= 0 && strings.TrimRight(words[last:], quotationMarks+".,،!?؟…") == ""
	dash := strings.ContainsAny(before, "—–") || strings.HasPrefix(words, "—") || strings.HasPrefix(words, "–")
	if opened && closed || dash {
		return nil
	}
	return []Flag{NewFlag(WordsNotQuoted, nil)}
}
