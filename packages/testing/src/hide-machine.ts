// The same environment for tests on every machine: variables that change what git and Cuecard do are removed, and git does not
// read the settings of the machine and its user.

import { fileURLToPath } from "node:url";

/** Of git, of Cuecard (but not of its random tests), of editors, of terminals, and what CI services set. */
const REMOVED =
  /^(?:GIT_|CUECARD_(?!ORACLE_)|(?:CI|GITHUB|GITLAB|RUNNER)_)|^(?:CI|EDITOR|VISUAL|NO_COLOR|FORCE_COLOR)$/;

/** Git has an identity: tests about a missing one set GIT_CONFIG_GLOBAL to `/dev/null`. */
export const gitSettings: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: fileURLToPath(new URL("../gitconfig", import.meta.url)),
  GIT_CONFIG_NOSYSTEM: "1",
};

/** Changes the environment of this process, which its child processes inherit. */
export function hideMachine(): void {
  for (const name of Object.keys(process.env)) if (REMOVED.test(name)) delete process.env[name];
  Object.assign(process.env, gitSettings);
}
