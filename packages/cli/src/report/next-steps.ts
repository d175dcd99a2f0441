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
 * The command that commits some files, and nothing else that is staged.
 *
 * @param files One or more, relative to the project's folder.
 * @param folder The project's folder, relative to the user's; empty if they are the same.
 */
export function commitCommand(message: string, files: string | readonly string[], folder: string): string {
  return `${addCommand(files, folder)} && ${gitIn(folder)} commit -m ${quote(message)} ${quoteAll(files)}`;
}

export function addCommand(files: string | readonly string[], folder: string): string {
  return `${gitIn(folder)} add ${quoteAll(files)}`;
}

function quoteAll(files: string | readonly string[]): string {
  return [files].flat().map(quote).join(" ");
}

/**
 * A command line of `cuecard` for the project. From a folder inside of it, `cuecard` finds the project itself.
 *
 * @param folder See `commitCommand`.
 */
export function cuecardIn(folder: string): string {
  return /^(?:\.\.\/?)*$/.test(folder) ? "cuecard" : `cuecard --cwd ${quote(folder)}`;
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
export function quote(argument: string): string {
  if (/^[\w./:@+-]+$/.test(argument)) return argument;
  if (!/["$`\\!\n]/.test(argument)) return `"${argument}"`;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
