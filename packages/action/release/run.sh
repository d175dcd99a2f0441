#!/usr/bin/env bash
# Releases and prepares the promotion, again if the default branch or the branch of the pull request moved in between: what this run did
# is then outdated, and no other run may be there to do it.
set -euo pipefail
here="$(cd -P -- "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

if [[ "${GITHUB_REF:-}" != "refs/heads/${CUECARD_BASE:-main}" ]]; then
  echo "::notice title=cuecard::Prompts are released from ${CUECARD_BASE:-main} only; this run is for ${GITHUB_REF:-no branch}"
  exit 0
fi
# Later steps of the job find what the default branch has, and not what is only proposed.
leave_tip() {
  cd -- "${CUECARD_DIRECTORY:-.}"
  git -c core.hooksPath=/dev/null checkout --quiet --force --detach "refs/remotes/origin/${CUECARD_BASE:-main}" || true
}
# The outputs, once: an attempt replaces what the one before said, but what that one recorded is recorded.
finish() {
  {
    printf 'versions=%s\n' "$(awk '!seen[$0]++' "$CUECARD_VERSIONS" | paste -sd ' ' -)"
    cat "$results"
  } >>"${GITHUB_OUTPUT:-/dev/null}"
  leave_tip
}
folder="$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/cuecard-XXXXXX")"
results="$folder/outputs"
export CUECARD_VERSIONS="$folder/versions"
touch "$results" "$CUECARD_VERSIONS"
trap finish EXIT

# What promote.sh exits with to be run again.
moved=75
for attempt in 1 2 3 4 5; do
  : >"$results"
  GITHUB_OUTPUT="$results" bash "$here/release.sh"
  code=0
  GITHUB_OUTPUT="$results" bash "$here/promote.sh" || code=$?
  if [[ "$code" != "$moved" ]]; then
    exit "$code"
  fi
  echo "Branches moved while this job was running: attempt $attempt"
done
echo "::error title=cuecard::Branches moved five times while this job was running. The versions are released; run the job again for the pull request"
exit 1
