#!/usr/bin/env bash
# Reviews the pull request. Cuecard itself writes the summary and the outputs `changed`, `breaking`, `versions` and `report-path`. A
# review that fails for what the check has reported does not fail the job again.
set -euo pipefail

here="$(cd -P -- "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd -P -- "${CUECARD_DIRECTORY:-.}"
arguments=(review --format github)
# shellcheck source=find-cuecard.sh
source "$here/find-cuecard.sh"

case " ${arguments[*]} " in
*" --base "*) ;;
*)
  echo "The base of the pull request is not in this checkout, so there is no review. The input \"history\" fetches it."
  exit 0
  ;;
esac
"${command[@]}" "${arguments[@]}" || echo "The review is incomplete: see the check."
