// Colors, or none: NO_COLOR (https://no-color.org), FORCE_COLOR, `--no-color`, pipes and dumb terminals.

import pc from "picocolors";
import type { OutputStream, Terminal } from "./terminal.js";

export type Paint = ReturnType<typeof pc.createColors>;

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
