// What is to be done after a command, as commands that can be copied: they are never wrapped, however narrow the terminal.

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
 * @param folder The project's folder, from where the user stands; empty for the same.
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
 * @param tags The versions that prompts.lock has as new.
 * @param folder As `commitCommand` takes it.
 */
export function lockStep(tags: readonly string[], folder: string): NextStep {
  const versions = tags.length === 0 || tags.length > 3 ? "new versions" : tags.join(", ");
  return { what: "commit the lock", command: commitCommand(`Lock ${versions}`, LOCK_FILE, folder) };
}

/** As a shell takes it for one argument; in double quotes where they keep it as it is, which every shell knows. */
function quote(argument: string): string {
  if (/^[\w./:@+-]+$/.test(argument)) return argument;
  if (!/["$`\\!\n]/.test(argument)) return `"${argument}"`;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
