// Package disagree finds where live claims about an event exclude each other, and where the word of one actor turned,
// by the sections Disagreements and Reversals of docs/model.md.
package disagree
