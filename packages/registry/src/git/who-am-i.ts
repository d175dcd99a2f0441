// The user's identity and editor, from git's settings and variables.

import { inspectRepository } from "./preflight.js";
import { runWriting } from "./write.js";

/** `Ada <ada@example.com>`; `undefined` if git has no identity, or is not installed. */
export async function whoAmI(dir: string): Promise<string | undefined> {
  const facts = inspectRepository(dir);
  if (facts === undefined) return undefined;
  const { code, text } = await runWriting(facts, ["-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"]);
  // A name in another encoding than UTF-8 was replaced.
  return code === 0 && !text.includes("\uFFFD") ? /^(.* <.*>) \d+ [+-]\d+$/.exec(text.trim())?.[1] : undefined;
}

/**
 * The shell command of the editor that git would use: GIT_EDITOR, core.editor, VISUAL, EDITOR. `undefined` if there is
 * none, or git is not installed.
 */
export async function editorOf(dir: string): Promise<string | undefined> {
  const facts = inspectRepository(dir);
  if (facts === undefined) return undefined;
  const { code, text } = await runWriting(facts, ["var", "GIT_EDITOR"]);
  return code === 0 && text.trim() !== "" ? text.trim() : undefined;
}
