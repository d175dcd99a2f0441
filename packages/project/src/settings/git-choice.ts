// Who reads git: CUECARD_GIT decides over the settings, since it is how a machine says what it has.

import { UsageError } from "@cuecard/model";
import { type Config, GIT_CHOICES } from "./config.js";

/** @throws UsageError when the variable holds something else than a choice; an empty one counts as unset. */
export function chooseGit(setting: Config["git"], environment: NodeJS.ProcessEnv): Config["git"] {
  const wanted = environment["CUECARD_GIT"];
  if (wanted === undefined || wanted === "") return setting;
  const choice = GIT_CHOICES.find((known) => known === wanted);
  if (choice === undefined)
    throw new UsageError(
      `CUECARD_GIT is "${wanted}"; it may be ${GIT_CHOICES.join(", ").replace(/, (?=\w+$)/, " or ")}`,
    );
  return choice;
}
