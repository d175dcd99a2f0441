// Who works here, as git's settings or variables name them.

import { inspectRepository } from "./preflight.js";
import { runWriting } from "./write.js";

/** `Ada <ada@example.com>`; `undefined` where git is not told, or is not there. */
export async function whoAmI(dir: string): Promise<string | undefined> {
  const facts = inspectRepository(dir);
  if (facts === undefined) return undefined;
  const { code, text } = await runWriting(facts, ["-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"]);
  return code === 0 ? /^(.* <.*>) \d+ [+-]\d+$/.exec(text.trim())?.[1] : undefined;
}
