// The same environment for tests on every machine: variables that change what git and Cuecard do are removed, and git does not
// read the settings of the machine and its user.

import { fileURLToPath } from "node:url";

/** Of git, of Cuecard (but not of its random tests), of editors and terminals, of CI services, and keys for models. */
const REMOVED = [
  /^(?:GIT|CI|GITHUB|GITLAB|RUNNER|OPENAI|ANTHROPIC|GOOGLE_GENERATIVE_AI)_/,
  /^CUECARD_(?!ORACLE_)/,
  /^(?:CI|EDITOR|VISUAL|NO_COLOR|FORCE_COLOR)$/,
];

/** Git has an identity: tests about a missing one set GIT_CONFIG_GLOBAL to `/dev/null`. */
export const gitSettings: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: fileURLToPath(new URL("../gitconfig", import.meta.url)),
  GIT_CONFIG_NOSYSTEM: "1",
};

/** Changes the environment of this process, which its child processes inherit. */
export function hideMachine(): void {
  for (const name of Object.keys(process.env))
    if (REMOVED.some((pattern) => pattern.test(name))) delete process.env[name];
  Object.assign(process.env, gitSettings);
  // Servers of tests are on this machine, which a proxy does not know.
  const direct = "127.0.0.1,localhost";
  for (const name of ["no_proxy", "NO_PROXY"]) {
    const own = process.env[name];
    if (own?.endsWith(direct)) continue;
    process.env[name] = own ? `${own},${direct}` : direct;
  }
}
