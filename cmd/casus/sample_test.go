package main

import (
	"slices"
	"strings"
	"testing"
)

func TestJoinSampleName(t *testing.T) {
	for args, want := range map[string]string{
		"serve --sample":                          "serve --sample",
		"serve --sample fictional":                "serve --sample=fictional",
		"serve --sample article --listen :0":      "serve --sample=article --listen :0",
		"serve --sample --listen :0":              "serve --sample --listen :0",
		"serve --sample=fictional":                "serve --sample=fictional",
		"load --sample extra.jsonl":               "load --sample extra.jsonl",
		"load --sample ./fictional":               "load --sample ./fictional",
		"load --sample fictional fictional":       "load --sample=fictional fictional",
		"load fictional":                          "load fictional",
		"query --sample -- fictional":             "query --sample -- fictional",
		"query -- --sample fictional":             "query -- --sample fictional",
		"query --sample fictional {__typename}":   "query --sample=fictional {__typename}",
		"query {__typename} --sample  fictional ": "query {__typename} --sample=fictional",
	} {
		if got := joinSampleName(strings.Fields(args)); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("casus %s is read as %v, want %s", args, got, want)
		}
	}
}
