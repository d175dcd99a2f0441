// What is to be done after a command, as commands that can be copied: they are never wrapped, however narrow the terminal.

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
  const git = folder === "" ? "git" : `git -C ${quote(folder)}`;
  return `${git} add ${quote(file)} && ${git} commit -m ${quote(message)} ${quote(file)}`;
}

/** As a shell takes it for one argument; in double quotes where they keep it as it is, which every shell knows. */
function quote(argument: string): string {
  if (/^[\w./:@+-]+$/.test(argument)) return argument;
  if (!/["$`\\!\n]/.test(argument)) return `"${argument}"`;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
