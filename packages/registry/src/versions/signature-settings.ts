// Reads the git settings that decide which signatures are valid. Signatures are verified without the repository's own settings, because
// those could name a program to run. These settings cannot, so the repository's values count.

import { resolve } from "node:path";
import type { RepositoryFacts } from "../git/preflight.js";
import { tryGit } from "../git/run.js";

const DATA = "^gpg[.](ssh[.](allowedsignersfile|revocationfile)|mintrustlevel)$";

/** Values by key, in lower case; files are absolute. */
export async function readSignatureSettings(facts: RepositoryFacts): Promise<Map<string, string>> {
  const { text } = await tryGit(facts, ["config", "--null", "--type=path", "--get-regexp", DATA]);
  const settings = new Map<string, string>();
  for (const entry of text.split("\0")) {
    const end = entry.indexOf("\n");
    if (end === -1) continue;
    const [key, value] = [entry.slice(0, end), entry.slice(end + 1)];
    settings.set(key, key.endsWith("file") && value !== "" ? resolve(facts.top, value) : value);
  }
  return settings;
}
