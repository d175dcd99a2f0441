// Who works here, and with which editor, as git's settings or variables name them.

import { inspectRepository } from "./preflight.js";
import { runWriting } from "./write.js";

/** `Ada <ada@example.com>`; `undefined` where git is not told, or is not there. */
export async function whoAmI(dir: string): Promise<string | undefined> {
  const facts = inspectRepository(dir);
  if (facts === undefined) return undefined;
  const { code, text } = await runWriting(facts, ["-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"]);
  return code === 0 ? /^(.* <.*>) \d+ [+-]\d+$/.exec(text.trim())?.[1] : undefined;
}

/**
 * The editor's command, for a shell, as git chooses it: GIT_EDITOR, core.editor, VISUAL, EDITOR. `undefined` where git is not
 * there, or knows none.
 */
export async function editorOf(dir: string): Promise<string | undefined> {
  const facts = inspectRepository(dir);
  if (facts === undefined) return undefined;
  const { code, text } = await runWriting(facts, ["var", "GIT_EDITOR"]);
  return code === 0 && text.trim() !== "" ? text.trim() : undefined;
}
