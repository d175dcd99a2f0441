// The witness that an option names: a path is relative to the folder where the command was started.

import path from "node:path";
import { UsageError } from "@cuecard/model";
import type { CommandContext } from "./command-context.js";

/** @throws UsageError if the option is empty. */
export function witnessFromHere({ terminal }: CommandContext, witness: string | undefined): string | undefined {
  if (witness === "") throw new UsageError("--witness requires a file or URL");
  return witness === undefined || /^https?:\/\//i.test(witness) ? witness : path.resolve(terminal.cwd, witness);
}
