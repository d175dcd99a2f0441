// Which adapter reads git: the environment variable CUECARD_GIT decides, because it describes the machine.

import { UsageError } from "@cuecard/model";
import type { GitChoice } from "@cuecard/project";
import { GIT_CHOICES } from "@cuecard/project/references";

/**
 * @returns the choice of `CUECARD_GIT`; `undefined` if it is unset or empty.
 * @throws UsageError when it is not a valid choice.
 */
export function gitFromEnvironment(environment: Readonly<Record<string, string | undefined>>): GitChoice | undefined {
  const wanted = environment["CUECARD_GIT"];
  if (wanted === undefined || wanted === "") return undefined;
  const choice = GIT_CHOICES.find((known) => known === wanted);
  if (choice === undefined)
    throw new UsageError(`CUECARD_GIT is "${wanted}"; use ${GIT_CHOICES.join(", ").replace(/, (?=\w+$)/, " or ")}`);
  return choice;
}
