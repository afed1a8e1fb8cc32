#!/usr/bin/env bash
# Writes the man pages and completions that archives have.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf made
mkdir -p made/completions
go build -o made/casus ../../cmd/casus
made/casus man made/man
for shell in bash zsh fish powershell; do made/casus completion "$shell" >"made/completions/casus.$shell"; done
rm made/casus
