// What every command gets: the terminal, the chosen folder, and colours for either stream.

import path from "node:path";
import { choosePaint, type Paint } from "../terminal/paint.js";
import type { Terminal } from "../terminal/terminal.js";

export interface GlobalOptions {
  readonly cwd?: string;
  readonly color?: boolean;
}

export interface CommandContext {
  readonly terminal: Terminal;
  /** The folder the command works in, absolute. */
  readonly dir: string;
  /** Colours of standard output and of standard error. */
  readonly paint: Paint;
  readonly errorPaint: Paint;
  /** Whether this is an automated build, where prompts.lock is taken as it is. */
  readonly automated: boolean;
}

/** @param finds Whether the project is looked for in the folders above. */
export async function commandContext(
  terminal: Terminal,
  options: GlobalOptions,
  finds = true,
): Promise<CommandContext> {
  const wanted = options.color === false ? false : undefined;
  const dir =
    options.cwd !== undefined
      ? path.resolve(terminal.cwd, options.cwd)
      : finds
        ? await (await import("@cuecard/project")).findProject(terminal.cwd)
        : terminal.cwd;
  const ci = terminal.env["CI"];
  return {
    terminal,
    dir,
    paint: choosePaint(terminal, terminal.stdout, wanted),
    errorPaint: choosePaint(terminal, terminal.stderr, wanted),
    automated: ci !== undefined && ci !== "" && ci !== "0" && ci !== "false",
  };
}

/** The project's folder, from where the user stands; empty for the same. */
export function folderFromHere({ terminal, dir }: CommandContext): string {
  return path.relative(terminal.cwd, dir).split(path.sep).join("/");
}
