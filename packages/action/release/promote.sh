#!/usr/bin/env bash
# Prepares one pull request that moves an alias to the newest versions. What release.sh could not push is its first commit, and, where
# aliases follow releases, a pull request of its own as well.
set -euo pipefail
# shellcheck source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

folder="$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/cuecard-XXXXXX")"
place="$(git rev-parse --show-prefix)"
place="${place%/}"
# Folders with different names have different branches, whatever is in the names: all but letters, digits, _ and - are encoded.
encode() {
  node -e 'const kept = /[^A-Za-z0-9_-]/g, hex = (byte) => "=" + byte.toString(16).toUpperCase().padStart(2, "0");
    const encode = (text) => (text === "/" ? "+" : [...Buffer.from(text, "latin1")].map(hex).join(""));
    process.stdout.write(Buffer.from(process.argv[1]).toString("latin1").replace(kept, encode));' -- "$1"
}
suffix=""
if [[ -n "$place" ]]; then
  suffix="-$(encode "$place")"
fi
promotion="${CUECARD_BRANCH:-cuecard/promote$suffix}"
record="cuecard/record$suffix"
if ! git check-ref-format "refs/heads/$promotion"; then
  echo "::error title=cuecard::The input \"branch\" must be the name of a branch, such as cuecard/promote"
  exit 2
fi
export CUECARD_RECORDED="$folder/recorded" CUECARD_PLAN="" CUECARD_STATE=""
new_versions "$tip" >"$CUECARD_RECORDED"
start="$(git rev-parse HEAD)"
work="$(git rev-parse "$tip")"

# Whatever this run found out is outdated once the default branch has moved. A newer run may have done its work already.
unless_moved() {
  fetch_tip
  if [[ "$(git rev-parse "$tip")" != "$work" ]]; then
    exit 75
  fi
}

# What is said to GitHub about the pull request of a branch.
about() {
  export CUECARD_BRANCH="$1" CUECARD_PLAN="$folder/$2-plan.json" CUECARD_STATE="$folder/$2-state.json"
  branch="refs/heads/$CUECARD_BRANCH"
  remote="refs/remotes/origin/$CUECARD_BRANCH"
}

pull_request() {
  node "$here/pull-request.mjs" "$@"
}

is_on_remote() {
  run_git fetch --quiet --no-tags origin "+$branch:$remote" 2>/dev/null
}

# Pushes a commit as the branch, and opens or updates its pull request.
propose() {
  local commit="$1" lease="--force-with-lease=$branch:" isThere=false others refusal
  # The branch is this job's own. Commits of others are never overwritten, until a pull request that has them was merged or closed.
  if is_on_remote; then
    isThere=true
    lease="$lease$(git rev-parse "$remote")"
    others="$(git log --no-merges --format='%ae%x09%s' "$tip..$remote" | awk -F '\t' -v own="$GIT_AUTHOR_EMAIL" '$1 != own')"
    if [[ -n "$others" && "$(pull_request finished "$(git rev-parse "$remote")")" != true ]]; then
      pull_request wait
      return
    fi
  fi
  unless_moved
  if [[ "$isThere" == true ]] && git diff --quiet "$commit" "$remote" && git merge-base --is-ancestor "$tip" "$remote"; then
    echo "$CUECARD_BRANCH is up to date"
    if [[ "$(pull_request opened)" == true ]]; then
      return
    fi
  elif ! refusal="$(run_git push --porcelain "$lease" origin "$commit:$branch" 2>&1)"; then
    if [[ "$refusal" == *"stale info"* ]]; then
      exit 75
    fi
    sed 's/^/  /' <<<"$refusal"
    echo "::error title=cuecard::$CUECARD_BRANCH cannot be pushed; the log has the reason. The job needs the permission \"contents: write\""
    exit 1
  fi
  GITHUB_OUTPUT="$folder/outputs" run_cuecard review --base "$tip" --head "$commit" --format github >"$folder/review" ||
    cat "$folder/review"
  CUECARD_REPORT="$(sed -n 's/^report-path=//p' "$folder/outputs" 2>/dev/null | tail -n 1 || true)"
  export CUECARD_REPORT
  pull_request open
}

# Prompts that cannot be promoted are left out, and listed in the pull request.
promote() {
  local plan="$1"
  shift
  if ! run_cuecard promote "$@" --from latest --to "$CUECARD_ALIAS" --partial --yes --json >"$plan"; then
    cat "$plan"
    echo "::error title=cuecard::The promotion could not be planned; the log has the reason"
    exit 1
  fi
}

# 1. What there is to promote, without what a closed pull request has decided.
about "$promotion" promote
if [[ -z "${CUECARD_ALIAS:-}" ]]; then
  echo '{ "plan": { "edits": [], "leftOut": [] } }' >"$CUECARD_PLAN"
else
  promote "$CUECARD_PLAN" --all
fi
choice="$(pull_request choose)"
if [[ "$choice" != all && -n "${CUECARD_ALIAS:-}" ]]; then
  for file in aliases.json prompts.lock; do
    rm -f -- "$project/$file"
    run_git checkout --quiet HEAD -- "$project/$file" 2>/dev/null || true
  done
  names=()
  while IFS= read -r name; do
    names+=("$name")
  done <<<"$choice"
  if [[ -n "$choice" ]]; then
    promote "$folder/chosen.json" "${names[@]}"
  fi
fi
# What an open pull request proposes stays in it if only what came later cannot be promoted.
while IFS= read -r version; do
  if [[ -n "$version" ]] &&
    run_cuecard alias set "${version%@v*}" "$CUECARD_ALIAS" "v${version##*@v}" --yes --json >"$folder/kept.json"; then
    pull_request keep "$folder/kept.json"
  fi
done <<<"$(pull_request proposed)"
moves="$(pull_request moves)"
if [[ "$moves" != 0 ]]; then
  git add -- "$project/aliases.json" "$project/prompts.lock"
  run_git commit --quiet --no-gpg-sign -m "$(pull_request message)"
fi

# 2. The lines of prompts.lock alone: for aliases that follow releases, and where nothing is promoted.
about "$record" record
echo '{ "plan": { "edits": [], "leftOut": [] } }' >"$CUECARD_PLAN"
if [[ -s "$CUECARD_RECORDED" ]]; then
  follows="$(git show "$start:./aliases.json" 2>/dev/null | grep -cE ':[[:space:]]*"latest"' || true)"
  pull_request choose >/dev/null
  if [[ "$(pull_request decided)" == true ]]; then
    echo "The pull request that records these versions was closed, so there is no new one until the next release"
  elif [[ "$follows" != 0 || "$moves" == 0 ]]; then
    propose "$start"
  fi
elif is_on_remote; then
  pull_request choose >/dev/null
  unless_moved
  pull_request withdraw
fi
recording="$CUECARD_STATE"

# 3. The promotion.
about "$promotion" promote
if [[ "$moves" != 0 ]]; then
  export CUECARD_RECORDING="$recording"
  propose HEAD
else
  unless_moved
  pull_request withdraw
fi
pull_request explain
