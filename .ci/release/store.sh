#!/usr/bin/env bash
# Writes the store of a released version, and its export, for the tests of later versions: store.sh CASUS VERSION
# CASUS is the program of that version.
set -euo pipefail
casus=$(realpath "$1")
folder=$(realpath "$(dirname "$0")/../../internal/digest/testdata/released")/$2
mkdir "$folder"
cd "$(mktemp -d)"
export CASUS_STORE=sqlite:war.db
"$casus" load -q --sample
"$casus" load -q --sample=fictional
by=(--by "Ada, desk" --at 2026-11-30T12:00:00Z)
claim=$("$casus" query '{ claims(first: 1) { nodes { id } } }' | grep -o 'claim:[^"]*')
"$casus" review "$claim" --verdict HUMAN "${by[@]}" --note "read"
"$casus" correct "$claim" --forget "${by[@]}" --why "another event"
"$casus" export --format casus | gzip -9n >"$folder/graph.jsonl.gz"
"$casus" backup copy.db
gzip -9n <copy.db >"$folder/casus.db.gz"
"$casus" stats --digest
