#!/usr/bin/env bash
# Runs the clients of docs/clients against a server with the bundled sample; each must count as many events as the API
# does. Usage: .ci/clients.sh URL. CASUS_TOKEN is the token that the server needs, if any. The client of a language that
# is not installed is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
url=$1/graphql
wanted=$(curl -fsS "$url" ${CASUS_TOKEN:+-H "Authorization: Bearer $CASUS_TOKEN"} \
  -H 'Content-Type: application/json' \
  -d '{"query": "{ timeline(filter: {time: {from: \"2025-12\"}}) { totalCount } }"}' |
  grep -oE '"totalCount":[0-9]+' | grep -oE '[0-9]+')
failed=0

counts() {
  local name=$1 out
  shift
  if out=$("$@" "$url") && grep -qx "$wanted events" <<<"$out"; then
    echo "ok    $name: $wanted events"
  else
    echo "FAIL  $name does not count $wanted events:"
    echo "$out" | tail -n 5
    failed=1
  fi
}

counts Python "$(.ci/python/venv.sh)" docs/clients/python/timeline.py
counts JavaScript node docs/clients/javascript/timeline.mjs
counts Go go -C docs/clients/go run .
if command -v Rscript >/dev/null && Rscript -e 'library(httr2)' 2>/dev/null; then
  counts R Rscript docs/clients/r/timeline.R
else
  echo "skip  R: not installed with httr2"
fi
exit $failed
