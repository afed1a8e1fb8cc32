#!/usr/bin/env bash
# Makes the archives of a release without publishing them, and tries them: archives.sh [DIST]
# Each archive has the program and its papers, checksums are right, and the program of this machine loads the sample.
set -euo pipefail
cd "$(dirname "$0")/../.."
# The version of goreleaser is in a go.mod of its own, because it depends on hundreds of modules.
go tool "-modfile=$PWD/.ci/release/goreleaser/go.mod" goreleaser check
go tool "-modfile=$PWD/.ci/release/goreleaser/go.mod" goreleaser release --snapshot --clean --parallelism 2 --timeout 3h

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
(cd dist && sha256sum --check --strict checksums.txt)

names=(linux_amd64.tar.gz linux_arm64.tar.gz macOS_amd64.tar.gz macOS_arm64.tar.gz windows_amd64.zip windows_arm64.zip)
papers=(LICENSE NOTICE THIRD_PARTY_LICENSES.txt README.md CHANGELOG.md man/casus.1 man/casus-serve.1
  completions/casus.bash completions/casus.zsh completions/casus.fish completions/casus.powershell)
for name in "${names[@]}"; do
  archive=$(echo dist/casus_*_"$name")
  folder="$tmp/$name" program=casus
  mkdir "$folder"
  case $name in
    *.zip) python3 -m zipfile -e "$archive" "$folder"; program=casus.exe ;;
    *) tar -xzf "$archive" -C "$folder" ;;
  esac
  for file in "$program" "${papers[@]}"; do
    if [ ! -s "$folder/$file" ]; then echo "$archive has no $file"; exit 1; fi
  done
  echo "ok    $(basename "$archive"): $(du -k "$archive" | cut -f 1) kB"
done
[ "$(grep -c . dist/checksums.txt)" -eq ${#names[@]} ]

casus="$tmp/linux_$(go env GOARCH).tar.gz/casus"
"$casus" version
commit=$(git rev-parse HEAD) date=$(git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ)
"$casus" version --json >"$tmp/version"
for want in '"version": "[0-9]' "\"revision\": \"$commit\"" "\"time\": \"$date\""; do
  grep -q "$want" "$tmp/version" || { echo "no $want in:"; cat "$tmp/version"; exit 1; }
done
"$casus" load --sample --store "sqlite:$tmp/casus.db"
