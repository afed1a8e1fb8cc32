// Package sums adds up the numbers of events, some of them parts of others, by the section Sums of docs/model.md.
// Callers supply the tolls of the selected events and the links from parts to wholes.
package sums
