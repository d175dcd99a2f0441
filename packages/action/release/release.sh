#!/usr/bin/env bash
# Releases what the default branch has now, whatever commit the job was started for: so a job that runs late, or again, does not
# release what is outdated. Then commits the new lines of prompts.lock. If the branch accepts no pushes, the commit waits for the
# pull request of promote.sh.
set -euo pipefail
# shellcheck source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

release_tip() {
  fetch_tip
  run_git checkout --quiet --detach "$tip"
  if ! run_cuecard release --push --yes --identity "$identity"; then
    echo "::error title=cuecard::The prompts of $base were not released; the log has the reason. If the remote rejected the tags, the job may lack the permission \"contents: write\", or a rule may protect tags"
    exit 1
  fi
}

commit_lock() {
  git add -- "$project/prompts.lock"
  versions="$(new_versions --cached)"
  if [[ -z "$versions" ]]; then
    # Without new versions, for example where only notes were added.
    message="Update prompts.lock"
  elif [[ "$(wc -l <<<"$versions")" -le 5 ]]; then
    message="Record $(paste -sd, - <<<"$versions" | sed 's/,/, /g')"
  else
    message="Record $(wc -l <<<"$versions" | tr -d ' ') versions"
  fi
  run_git commit --quiet --no-gpg-sign -m "$message" -- "$project/prompts.lock"
}

# For the output of the run.
keep_versions() {
  if [[ -n "$versions" ]]; then
    printf '%s\n' "$versions" >>"$CUECARD_VERSIONS"
  fi
}

for attempt in 1 2 3 4 5; do
  release_tip
  if [[ ! -f "$project/prompts.lock" || -z "$(git status --porcelain -- "$project/prompts.lock")" ]]; then
    echo "prompts.lock of $base has every version"
    output commit "$(git rev-parse HEAD)"
    break
  fi
  commit_lock
  before="$(git rev-parse "$tip")"
  if refusal="$(run_git push --porcelain origin "HEAD:refs/heads/$base" 2>&1)"; then
    git update-ref "$tip" HEAD
    keep_versions
    echo "Pushed to $base: $(git log -1 --format=%s)"
    output commit "$(git rev-parse HEAD)"
    break
  fi
  fetch_tip
  if [[ "$(git rev-parse "$tip")" == "$before" ]]; then
    echo "::notice title=cuecard::$base accepts no pushes from this job, so the new lines of prompts.lock wait in a pull request"
    sed 's/^/  /' <<<"$refusal"
    keep_versions
    output commit ""
    break
  fi
  echo "$base moved while this job was running: attempt $attempt"
  if [[ "$attempt" == 5 ]]; then
    echo "::error title=cuecard::$base moved five times while this job was running. The versions are released; the next run records them"
    exit 1
  fi
done
