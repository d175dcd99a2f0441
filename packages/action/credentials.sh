# Sourced by the other scripts: credentials for git, those that the checkout kept, or else the token. (Servers reject two
# Authorization headers.)

export GIT_TERMINAL_PROMPT=0
server="${GITHUB_SERVER_URL:-https://github.com}"
if [[ -n "${CUECARD_TOKEN:-}" ]] && ! git config --get-urlmatch http.extraheader "$server/" >/dev/null 2>&1; then
  basic="$(printf 'x-access-token:%s' "$CUECARD_TOKEN" | base64 | tr -d '\n')"
  echo "::add-mask::$basic"
  export GIT_CONFIG_COUNT=1
  export GIT_CONFIG_KEY_0="http.$server/.extraheader"
  export GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $basic"
fi
