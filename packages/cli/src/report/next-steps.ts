// The next steps after a command, as commands to copy. They are never wrapped, even in a narrow terminal.

import { LOCK_FILE } from "@cuecard/model";

export interface NextStep {
  /** `commit the lock` */
  readonly what: string;
  readonly command: string;
}

export function formatNextSteps(steps: readonly NextStep[]): string {
  return steps.map(({ what, command }, index) => `${index === 0 ? "Next:" : "     "} ${what}: ${command}\n`).join("");
}

/**
 * The command that commits one file, and nothing else that is staged.
 *
 * @param file Relative to the project's folder.
 * @param folder The project's folder, relative to the user's; empty if they are the same.
 */
export function commitCommand(message: string, file: string, folder: string): string {
  return `${addCommand(file, folder)} && ${gitIn(folder)} commit -m ${quote(message)} ${quote(file)}`;
}

export function addCommand(file: string, folder: string): string {
  return `${gitIn(folder)} add ${quote(file)}`;
}

function gitIn(folder: string): string {
  return folder === "" ? "git" : `git -C ${quote(folder)}`;
}

/**
 * @param tags The versions that were added to prompts.lock.
 * @param folder See `commitCommand`.
 */
export function lockStep(tags: readonly string[], folder: string): NextStep {
  const versions = tags.length === 0 || tags.length > 3 ? "new versions" : tags.join(", ");
  return { what: "commit the lock", command: commitCommand(`Lock ${versions}`, LOCK_FILE, folder) };
}

/** Quotes a text as one argument of a shell: in double quotes if they do not change it, because every shell knows those. */
function quote(argument: string): string {
  if (/^[\w./:@+-]+$/.test(argument)) return argument;
  if (!/["$`\\!\n]/.test(argument)) return `"${argument}"`;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
