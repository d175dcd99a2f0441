#!/usr/bin/env bash
# Runs the check. Cuecard itself writes the annotations, the summary and the outputs `errors` and `warnings`.
set -euo pipefail

here="$(cd -P -- "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd -P -- "${CUECARD_DIRECTORY:-.}"
arguments=(check --format github)
# shellcheck source=find-cuecard.sh
source "$here/find-cuecard.sh"

if [[ "${CUECARD_STRICT:-false}" == true ]]; then
  arguments+=(--strict)
fi
exec "${command[@]}" "${arguments[@]}"
