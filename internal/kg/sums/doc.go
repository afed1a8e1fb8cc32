// Package sums adds up the numbers of events of which some are parts of others, by the section Sums of docs/model.md.
// It computes from what the caller knows about the selected events: their tolls, and which event is part of which.
package sums
