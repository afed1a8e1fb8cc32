// Package disagree finds where live claims about an event exclude each other, and where an actor reversed its word, by
// the sections Disagreements and Reversals of docs/model.md.
package disagree
