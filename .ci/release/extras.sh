#!/usr/bin/env bash
# Writes the files that archives have beside the program: man pages, completions, and licences of others' works.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf made
mkdir -p made/completions
go run ./notice -root ../.. -texts >made/THIRD_PARTY_LICENSES.txt
go -C ../.. build -o .ci/release/made/casus ./cmd/casus
made/casus man made/man
for shell in bash zsh fish powershell; do made/casus completion "$shell" >"made/completions/casus.$shell"; done
rm made/casus
