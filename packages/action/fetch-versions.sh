#!/usr/bin/env bash
# Fetches what versions need: the history, which shows what was merged; the base of a pull request; version tags with the commits they name; and commits
# that prompts.lock names without a tag.
set -euo pipefail

here="$(cd -P -- "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd -- "${CUECARD_DIRECTORY:-.}"
remote=origin

if ! git remote get-url "$remote" >/dev/null 2>&1; then
  echo "The remote \"$remote\" does not exist; versions are read from this clone."
  exit 0
fi
# shellcheck source=credentials.sh
source "$here/credentials.sh"

# Without the history, it is unknown whether a version in prompts.lock was merged, and where a pull request began.
if [[ "${CUECARD_HISTORY:-true}" == true && (-s prompts.lock || -n "${GITHUB_BASE_REF:-}") && "$(git rev-parse --is-shallow-repository)" == true ]]; then
  echo "Fetching the history"
  git fetch --no-tags --quiet --unshallow "$remote" "$(git rev-parse HEAD)" || echo "The history could not be fetched"
fi

options=(--no-tags --quiet --force)
if [[ "$(git rev-parse --is-shallow-repository)" == true ]]; then
  options+=(--depth=1)
elif [[ -n "${GITHUB_BASE_REF:-}" ]]; then
  # What a pull request is compared with. Only the whole history shows where it began.
  git fetch "${options[@]}" "$remote" "+refs/heads/$GITHUB_BASE_REF:refs/remotes/$remote/$GITHUB_BASE_REF" ||
    echo "The base $GITHUB_BASE_REF could not be fetched"
fi

# In a repository with several projects: the tags of this one.
prefix=""
for settings in cuecard.config.json package.json; do
  [[ -f "$settings" && -z "$prefix" ]] || continue
  prefix="$(grep -oE '"tagPrefix"[[:space:]]*:[[:space:]]*"[A-Za-z0-9_./-]+/"' "$settings" | head -n 1 | cut -d'"' -f4 || true)"
done

# Version tags that this clone lacks, or that lead to something else here.
listed="$(git ls-remote --tags --refs "$remote" "refs/tags/$prefix*")"
missing="$(
  LC_ALL=C comm -23 \
    <(grep -E '@v[1-9][0-9]{0,8}$' <<<"$listed" | tr '\t' ' ' | LC_ALL=C sort) \
    <(git for-each-ref --format='%(objectname) %(refname)' refs/tags | LC_ALL=C sort) |
    cut -d' ' -f2
)"
if [[ -n "$missing" ]]; then
  echo "Fetching $(wc -l <<<"$missing" | tr -d ' ') version tags"
  sed 's/.*/+&:&/' <<<"$missing" | git fetch "${options[@]}" --stdin "$remote"
fi

# Commits that only the lock names, because their tag is gone. If the server does not send one, the check reports it.
if [[ -f prompts.lock ]]; then
  commits="$(grep -oE '^[^ #]+ ([0-9a-f]{40}|[0-9a-f]{64}) ' prompts.lock | cut -d' ' -f2 | LC_ALL=C sort -u || true)"
  if [[ -n "$commits" ]]; then
    absent="$(git cat-file --batch-check='%(objectname)' <<<"$commits" | sed -n 's/ missing$//p')"
    while IFS= read -r commit; do
      [[ -n "$commit" ]] || continue
      git fetch "${options[@]}" "$remote" "$commit" || echo "The remote has no commit $commit"
    done <<<"$absent"
  fi
fi
