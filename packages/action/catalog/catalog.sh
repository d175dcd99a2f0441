#!/usr/bin/env bash
# Writes the site into a folder outside of the checkout. Prompts that do not compile are on a page of it, so they do not keep the
# others from being published.
set -euo pipefail

here="$(cd -P -- "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd -P -- "${CUECARD_DIRECTORY:-.}"
site="$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/cuecard-XXXXXX")/site"
arguments=(catalog --out "$site")
if [[ -n "${CUECARD_TITLE:-}" ]]; then
  arguments+=(--title "$CUECARD_TITLE")
fi
# It is about this commit, and compares it with no other.
unset GITHUB_BASE_REF
# shellcheck source=../find-cuecard.sh
source "$here/../find-cuecard.sh"

code=0
"${command[@]}" "${arguments[@]}" || code=$?
if [[ ! -f "$site/index.html" ]]; then
  exit "$((code == 0 ? 1 : code))"
fi
if [[ "$code" -ne 0 ]]; then
  echo "::warning title=cuecard::Some prompts do not compile. The catalog has all others, and lists the problems on its page Findings"
fi
printf 'path=%s\n' "$site" >>"${GITHUB_OUTPUT:-/dev/null}"
