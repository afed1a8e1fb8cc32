#!/usr/bin/env bash
# Builds and starts the server with the bundled sample, runs checks against it, and fails unless it stops cleanly.
# Usage: .ci/serve-and-check.sh [--FLAG[=VALUE]...] CHECK..., first flags of casus serve, then commands, in which URL
# stands for the server's base URL, and PROCESS for its process. With the variable CASUS_RECORDS the graph is that file
# of records, not the sample.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD tmp=$(mktemp -d) server=
flags=()
while [[ ${1-} == --* ]]; do flags+=("$1") && shift; done
cleanup() {
  if [ -n "$server" ]; then kill -9 "$server" 2>/dev/null || true; fi
  rm -rf "$tmp"
}
trap cleanup EXIT

go build -o "$tmp/casus" ./cmd/casus
cd "$tmp"
if [ -n "${CASUS_RECORDS-}" ]; then
  ./casus load --store "sqlite:$tmp/casus.db" "$CASUS_RECORDS"
else
  flags=(--sample "${flags[@]}")
fi
./casus serve --store "sqlite:$tmp/casus.db" --listen 127.0.0.1:0 "${flags[@]}" >log 2>&1 &
server=$!
url=
for _ in $(seq 300); do
  url=$(grep -oEm1 'http://127\.0\.0\.1:[0-9]+' log | head -n 1 || true)
  if [ -n "$url" ]; then break; fi
  if ! kill -0 "$server" 2>/dev/null; then break; fi
  sleep 0.2
done
if [ -z "$url" ]; then
  echo "the server printed no address:"; cat log
  exit 1
fi
curl -fsS --retry 30 --retry-delay 1 --retry-all-errors "$url/readyz" >/dev/null
cd "$root"

failed=0
for check in "$@"; do
  check=${check//URL/$url}
  check=${check//PROCESS/$server}
  echo "-- $check"
  # shellcheck disable=SC2086 # a check is a command and its arguments
  $check || { echo "FAIL  $check"; failed=1; }
done

kill -TERM "$server"
code=0
wait "$server" || code=$?
server=
if [ "$code" -ne 0 ]; then
  echo "FAIL  the server ended with exit code $code after SIGTERM:"
  failed=1
fi
if [ "$failed" -ne 0 ]; then tail -n 40 "$tmp/log"; fi
exit "$failed"
