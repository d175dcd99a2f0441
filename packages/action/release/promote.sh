#!/usr/bin/env bash
# Prepares one pull request that moves an alias to the newest versions. What release.sh could not push is its first commit.
set -euo pipefail
# shellcheck source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

folder="$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/cuecard-XXXXXX")"
export CUECARD_PLAN="$folder/plan.json" CUECARD_STATE="$folder/state.json" CUECARD_RECORDED="$folder/recorded"
if [[ -z "${CUECARD_BRANCH:-}" ]]; then
  place="$(git rev-parse --show-prefix)"
  place="${place%/}"
  CUECARD_BRANCH="cuecard/promote${place:+-${place//\//-}}"
fi
export CUECARD_BRANCH
branch="refs/heads/$CUECARD_BRANCH"
remote="refs/remotes/origin/$CUECARD_BRANCH"
new_versions "$tip" >"$CUECARD_RECORDED"
work="$(git rev-parse "$tip")"

# Whatever this run found out is outdated once the default branch has moved. A newer run may have done its work already.
unless_moved() {
  fetch_tip
  if [[ "$(git rev-parse "$tip")" != "$work" ]]; then
    exit 75
  fi
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

if [[ -z "${CUECARD_ALIAS:-}" ]]; then
  echo '{ "plan": { "edits": [], "leftOut": [] } }' >"$CUECARD_PLAN"
else
  promote "$CUECARD_PLAN" --all
fi
choice="$(node "$here/pull-request.mjs" choose)"
if [[ "$choice" != all && -n "${CUECARD_ALIAS:-}" ]]; then
  # What a closed pull request has decided is left out.
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

if [[ -n "$choice" ]]; then
  git add -- "$project/aliases.json" "$project/prompts.lock"
  run_git commit --quiet --no-gpg-sign -m "$(node "$here/pull-request.mjs" message)"
elif [[ ! -s "$CUECARD_RECORDED" ]]; then
  unless_moved
  node "$here/pull-request.mjs" withdraw
  exit 0
elif [[ "$(node "$here/pull-request.mjs" decided)" == true ]]; then
  echo "The pull request with these versions was closed, so there is no new one until the next release"
  exit 0
fi

# The branch is this job's own. Commits of others are never overwritten.
lease="--force-with-lease=$branch:"
if run_git fetch --quiet --no-tags origin "+$branch:$remote" 2>/dev/null; then
  lease="$lease$(git rev-parse "$remote")"
  others="$(git log --no-merges --format='%ae%x09%s' "$tip..$remote" | awk -F '\t' -v own="$GIT_AUTHOR_EMAIL" '$1 != own')"
  if [[ -n "$others" ]]; then
    echo "::warning title=cuecard::$CUECARD_BRANCH has commits of others, so it is left as it is. Merge or close its pull request"
    exit 0
  fi
fi
unless_moved
if [[ "$lease" != "--force-with-lease=$branch:" ]] && git diff --quiet HEAD "$remote" &&
  git merge-base --is-ancestor "$tip" "$remote"; then
  echo "$CUECARD_BRANCH is up to date"
  if [[ "$(node "$here/pull-request.mjs" opened)" == true ]]; then
    exit 0
  fi
elif ! refusal="$(run_git push --porcelain "$lease" origin "HEAD:$branch" 2>&1)"; then
  if [[ "$refusal" == *"stale info"* ]]; then
    exit 75
  fi
  sed 's/^/  /' <<<"$refusal"
  echo "::error title=cuecard::$CUECARD_BRANCH cannot be pushed; the log has the reason. The job needs the permission \"contents: write\""
  exit 1
fi

outputs="$folder/outputs"
GITHUB_OUTPUT="$outputs" run_cuecard review --base "$tip" --format github >"$folder/review" || cat "$folder/review"
CUECARD_REPORT="$(sed -n 's/^report-path=//p' "$outputs" 2>/dev/null || true)"
export CUECARD_REPORT
node "$here/pull-request.mjs" open
