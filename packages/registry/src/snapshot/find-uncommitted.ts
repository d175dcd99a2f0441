// Finds files that `check` reads but a release would lack, because they are not in git: prompts that git ignores, and partials and named
// schemas that were not added although the prompts that use them are tracked.

import { type Diagnostic, diagnose, filesOf, sharedFiles, type WorkingPrompt } from "@cuecard/model";
import { findIgnoreRule, readFileStates } from "../git/file-states.js";
import { openIfReadable, type Repository } from "../repository/repository.js";

/** @param readPrompts Reads those of the working tree, if there are files that are not in git. */
export async function findUncommitted(
  repository: Repository,
  readPrompts: () => Promise<readonly WorkingPrompt[]>,
): Promise<readonly Diagnostic[]> {
  const opened = await openIfReadable(repository);
  if (opened === undefined) return [];
  const { reader, promptsDir } = opened;
  const states = await readFileStates(opened, `${reader.prefix}${promptsDir}/`);
  if (states === undefined) return [];
  const stateOf = (path: string) => states.get(`${reader.prefix}${path}`);
  const ruleFor = (path: string) => findIgnoreRule(opened, `${reader.prefix}${path}`);
  const isAbsent = (path: string) => stateOf(path) === "untracked" || stateOf(path) === "ignored";
  if (![...states.values()].some((state) => state === "untracked" || state === "ignored")) return [];
  const prompts = await readPrompts();

  const diagnostics: Diagnostic[] = [];
  const ignored = prompts.filter(({ content }) => stateOf(content.prompt.path) === "ignored");
  const [first] = ignored;
  if (first !== undefined) {
    const { path } = first.content.prompt;
    const args = { names: ignored.map(({ name }) => name), rule: await ruleFor(path) };
    const subject = ignored.length === 1 ? { name: first.name } : undefined;
    diagnostics.push(diagnose("prompt/ignored-by-git", args, { file: subject ? path : promptsDir }, subject));
  }
  const users = new Map<string, string>();
  for (const { content } of prompts) {
    const { prompt } = content;
    const tracked = filesOf(content).filter(({ path }) => !isAbsent(path));
    // An edit that is not committed may be what uses the file.
    if (isAbsent(prompt.path) || tracked.some(({ path }) => stateOf(path) === "edited")) continue;
    for (const { path } of sharedFiles(content)) if (isAbsent(path) && !users.has(path)) users.set(path, prompt.path);
  }
  for (const [path, user] of users) {
    const isIgnored = stateOf(path) === "ignored";
    const args = { path, user, isIgnored, rule: isIgnored ? await ruleFor(path) : undefined };
    diagnostics.push(diagnose("prompt/partial-not-in-git", args, { file: path }));
  }
  return diagnostics;
}
