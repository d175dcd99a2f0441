# Sourced by the other scripts: where they work, who commits, and how Cuecard and git are run.

here="$(cd -P -- "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd -P -- "${CUECARD_DIRECTORY:-.}"
project="$PWD"
# shellcheck source=../credentials.sh
source "$here/../credentials.sh"

base="${CUECARD_BASE:-main}"
# A full name, because a tag may be called like the branch.
tip="refs/remotes/origin/$base"

identity="${CUECARD_IDENTITY:-}"
if [[ ! "$identity" =~ ^([^\<\>]*[^\<\>[:space:]])[[:space:]]*\<([^\<\>[:space:]]+)\>$ ]]; then
  echo "::error title=cuecard::The input \"identity\" must be a name with an address, such as Bot <bot@example.com>"
  exit 2
fi
export GIT_AUTHOR_NAME="${BASH_REMATCH[1]}" GIT_AUTHOR_EMAIL="${BASH_REMATCH[2]}"
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"

# Hooks that an earlier step installed are for people.
run_git() {
  git -c core.hooksPath=/dev/null "$@"
}

# The program may be in another folder than the project, so it is found anew in a shell of its own.
run_cuecard() (
  cd -- "$project"
  arguments=("$@")
  # shellcheck source=../find-cuecard.sh
  source "$here/../find-cuecard.sh"
  exec "${command[@]}" "${arguments[@]}"
)

fetch_tip() {
  local options=(--quiet --no-tags)
  # Notes of versions come from the history.
  if [[ "$(git rev-parse --is-shallow-repository)" == true ]]; then
    options+=(--unshallow)
  fi
  run_git fetch "${options[@]}" origin "+refs/heads/$base:$tip"
}

# The versions whose lines are new in prompts.lock, compared with a commit.
new_versions() {
  git diff --unified=0 --no-color --no-ext-diff "$1" -- "$project/prompts.lock" |
    sed -nE 's/^\+([A-Za-z0-9][A-Za-z0-9_.\/-]*@v[1-9][0-9]*) .*/\1/p'
}

output() {
  printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/null}"
}
