#!/usr/bin/env bash
# Runs the check with the project's own Cuecard if it is installed, or else with a fixed version.
# Cuecard itself writes the annotations, the summary and the outputs `errors` and `warnings`.
set -euo pipefail

cd -- "${CUECARD_DIRECTORY:-.}"

command=()
arguments=(check --format github)
if [[ -n "${CUECARD_COMMAND:-}" ]]; then
  read -ra command <<<"$CUECARD_COMMAND"
else
  top="${GITHUB_WORKSPACE:-/}"
  folder="$PWD"
  while :; do
    if [[ -x "$folder/node_modules/.bin/cuecard" ]]; then
      command=("$folder/node_modules/.bin/cuecard")
      break
    fi
    [[ "$folder" != "$top" && "$folder" != / ]] || break
    folder="$(dirname "$folder")"
  done
fi
if [[ ${#command[@]} -eq 0 ]]; then
  if [[ ! "${CUECARD_VERSION:-}" =~ ^[0-9A-Za-z.+-]+$ ]]; then
    echo "::error title=cuecard::The input \"version\" must be a version such as 0.1.0"
    exit 2
  fi
  command=(npx --yes "cuecard@$CUECARD_VERSION")
  # Run outside of the checkout: an .npmrc in the pull request must not decide where cuecard comes from.
  arguments=(--cwd "$PWD" "${arguments[@]}")
  cd -- "${RUNNER_TEMP:-/tmp}"
fi

if [[ "${CUECARD_STRICT:-false}" == true ]]; then
  arguments+=(--strict)
fi
exec "${command[@]}" "${arguments[@]}"
