// `cuecard promote <names…>` and `cuecard rollback <name> <alias>`

import { UsageError } from "@cuecard/model";
import type { CommandContext } from "./command-context.js";
import { type MoveOptions, moveAliases } from "./move-aliases.js";

export interface PromoteOptions extends MoveOptions {
  readonly all?: boolean;
  readonly from: string;
  readonly to: string;
  /** In a hundred callers. */
  readonly share?: number;
}

export async function promote(
  context: CommandContext,
  options: PromoteOptions,
  names: readonly string[],
): Promise<number> {
  if ((options.all === true) === names.length > 0) throw new UsageError("name prompts, or --all of them");
  const { from, to, share } = options;
  if (from === to) throw new UsageError(`--from and --to are both ${from}`);
  return moveAliases(context, options, {
    kind: "promote",
    names: options.all === true ? "all" : names,
    from,
    to,
    ...(share === undefined ? {} : { share }),
  });
}

export interface RollbackOptions extends MoveOptions {
  readonly to?: string;
}

export async function rollback(
  context: CommandContext,
  options: RollbackOptions,
  [name = "", alias = ""]: readonly string[],
): Promise<number> {
  const { to } = options;
  return moveAliases(context, options, { kind: "rollback", name, alias, ...(to === undefined ? {} : { to }) });
}
