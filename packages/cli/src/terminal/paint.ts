// Colors, or none: NO_COLOR (https://no-color.org), FORCE_COLOR, `--no-color`, pipes and dumb terminals.

import pc from "picocolors";
import type { OutputStream, Terminal } from "./terminal.js";

/** Functions that wrap a text in a style, or return it as it is. */
export type Paint = Readonly<
  Record<"blue" | "bold" | "cyan" | "dim" | "green" | "red" | "yellow", (text: string) => string>
>;

export const plain: Paint = pc.createColors(false);

/** @param wanted `--color` (true), `--no-color` (false), or neither. */
export function choosePaint(terminal: Terminal, stream: OutputStream, wanted: boolean | undefined): Paint {
  return pc.createColors(wanted ?? wantsColor(terminal.env, stream.interactive));
}

function wantsColor(env: Terminal["env"], interactive: boolean): boolean {
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return interactive && env["TERM"] !== "dumb";
}
