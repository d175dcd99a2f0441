// The scripts that teach a shell to complete `cuecard`. Each asks `cuecard complete`, which prints a candidate a line, or
// `:paths` if the shell should complete paths. What was typed is passed as an argument and never evaluated.

export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

const bash = `# Completion of cuecard for bash
_cuecard() {
  local candidate
  COMPREPLY=()
  while IFS= read -r candidate; do
    if [ "$candidate" = ":paths" ]; then return; fi
    COMPREPLY+=("$candidate")
  done < <(cuecard complete --breaks "$COMP_WORDBREAKS" --line "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null </dev/null)
  # Without this, bash would complete paths where there is no candidate. (Bash 3 does, because it has no compopt.)
  compopt +o default 2>/dev/null
}
complete -o default -F _cuecard cuecard
`;

const zsh = `#compdef cuecard
# Completion of cuecard for zsh
_cuecard() {
  local line
  local -a found
  while IFS= read -r line; do
    if [[ $line == ":paths" ]]; then _files; return; fi
    line=\${line//:/\\\\:}
    found+=("\${line/$'\\t'/:}")
  done < <(cuecard complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)
  _describe -V cuecard found
}
if [[ \${funcstack[1]} == _cuecard ]]; then _cuecard "$@"; else compdef _cuecard cuecard; fi
`;

const fish = `# Completion of cuecard for fish
function __cuecard_complete
    set -l typed (commandline -ct)
    set -l words (commandline -opc)
    set -l found (cuecard complete -- $words[2..-1] "$typed" 2>/dev/null </dev/null)
    if test "$found[1]" = ":paths"
        __fish_complete_path "$typed"
    else
        string join -- \\n $found
    end
end
complete -c cuecard -e
complete -c cuecard -f -k -a "(__cuecard_complete)"
`;

/** The script to put into a shell's startup file. */
export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
