#!/usr/bin/env bash
# Creates the virtual environment of requirements.txt in the user's cache, unless it exists, and prints the path of its
# Python, which internal/testkit/foreign looks for. A changed requirements.txt gets another folder.
set -euo pipefail
cd "$(dirname "$0")"
key=$(sha256sum requirements.txt | cut -c 1-12)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/casus/python-$key
mkdir -p "$folder"
exec 9>"$folder.lock"
flock 9
if [ ! -e "$folder/complete" ]; then
  python3 -m venv --clear "$folder" >&2
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement requirements.txt >&2
  touch "$folder/complete"
fi
echo "$folder/bin/python"
