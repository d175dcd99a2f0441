# Sourced by the other scripts: finds the Cuecard to run, and sets `command` and `arguments`. The project's own is run if it is
# installed, or else the version that its lockfile pins, or else a fixed version.

# Whether a commit brought the program in a folder's node_modules, or what it may load from there or from a folder above
# (TypeScript): its author would choose what checks the commit.
is_committed() {
  local real above="$1"
  while :; do
    git -C "$above" ls-files -- ':(icase)node_modules' >"$listed" 2>/dev/null && [[ ! -s "$listed" ]] || return 0
    [[ "$above" != "$top" && "$above" != / ]] || break
    above="$(dirname "$above")"
    git -C "$above" rev-parse --git-dir >/dev/null 2>&1 || break
  done
  real="$(node -p 'fs.realpathSync(process.argv[1])' "$1/node_modules/.bin/cuecard")"
  git -C "$(dirname "$real")" ls-files -- ":(icase,literal)$(basename "$real")" >"$listed" 2>/dev/null || true
  [[ -s "$listed" ]]
}

command=()
# A full name, because a tag may be called like the branch.
base="refs/remotes/origin/${GITHUB_BASE_REF:-}"
if [[ -n "${GITHUB_BASE_REF:-}" ]] && git merge-base HEAD "$base" >/dev/null 2>&1; then
  arguments+=(--base "$base")
fi
if [[ -n "${CUECARD_COMMAND:-}" ]]; then
  read -ra command <<<"$CUECARD_COMMAND"
else
  top="$(cd -P -- "${GITHUB_WORKSPACE:-/}" && pwd)"
  folder="$PWD"
  own="$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/cuecard-XXXXXX")"
  listed="$own/listed"
  while :; do
    if [[ -x "$folder/node_modules/.bin/cuecard" ]]; then
      if is_committed "$folder"; then
        echo "::notice title=cuecard::The cuecard in node_modules, or what it may load, is part of a commit, so it is not run; the action installs one from the registry"
      else
        command=("$folder/node_modules/.bin/cuecard")
      fi
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
  pinned="$(node "$(dirname "${BASH_SOURCE[0]}")/pinned-version.mjs" "$PWD" "$top")"
  # TypeScript reads helpers, and the code that loads prompts.
  command=(npx --yes --package "cuecard@${pinned:-$CUECARD_VERSION}" --package typescript@6.0.3 -- cuecard)
  # Run outside of the checkout, in a package of its own: an .npmrc, node_modules or package.json of the pull request must not
  # decide where cuecard comes from.
  arguments=(--cwd "$PWD" "${arguments[@]}")
  cd -- "$own"
  echo '{ "private": true }' >package.json
fi
