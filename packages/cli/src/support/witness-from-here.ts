// The witness that an option names: a path is relative to the folder where the command was started.

import path from "node:path";
import { UsageError } from "@cuecard/model";
import type { CommandContext } from "./command-context.js";

/** @throws UsageError if the option is empty. */
export async function witnessFromHere(
  { terminal }: CommandContext,
  witness: string | undefined,
): Promise<string | undefined> {
  if (witness === undefined) return undefined;
  if (witness === "") throw new UsageError("--witness requires a file or URL");
  const { isUrl } = await import("@cuecard/project");
  return isUrl(witness) ? witness : path.resolve(terminal.cwd, witness);
}
