// `cuecard alias set`, `cuecard alias delete`, `cuecard alias list`

import { hasErrors, UsageError } from "@cuecard/model";
import type { ListedAlias } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { formatTable } from "../report/table.js";
import type { CommandContext } from "./command-context.js";
import { type MoveOptions, moveAliases } from "./move-aliases.js";
import { showFindings } from "./show-findings.js";
import { takeFound } from "./take-found.js";
import { withRegistry } from "./with-registry.js";

export interface AliasSetOptions extends MoveOptions {
  /** Weights by version, as `v3=90,v4=10` was read. */
  readonly split?: Readonly<Record<string, number>>;
}

export async function aliasSet(
  context: CommandContext,
  options: AliasSetOptions,
  [name = "", alias = "", version]: readonly string[],
): Promise<number> {
  const { split } = options;
  if ((version === undefined) === (split === undefined)) throw new UsageError("name a version, or --split v3=90,v4=10");
  return moveAliases(context, options, { kind: "set", name, alias, to: split ?? version ?? "" });
}

export async function aliasDelete(
  context: CommandContext,
  options: MoveOptions,
  [name = "", alias = ""]: readonly string[],
): Promise<number> {
  return moveAliases(context, options, { kind: "delete", name, alias });
}

export interface AliasListOptions {
  readonly json?: boolean;
}

export async function aliasList(
  context: CommandContext,
  options: AliasListOptions,
  [name]: readonly string[],
): Promise<number> {
  return withRegistry(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const found = await takeFound(context, registry, await registry.aliases(name));
    if (typeof found === "number") return found;
    const { value: aliases, diagnostics } = found;
    if (options.json === true) stdout.write(`${JSON.stringify({ aliases }, null, 2)}\n`);
    else if (aliases.length > 0)
      stdout.write(
        formatTable(["NAME", "ALIAS", "TARGET", "MOVED", "BY"], aliases.map(row), {
          paint: context.paint,
          width: stdout.columns,
        }),
      );
    else if (!hasErrors(diagnostics))
      stderr.write(
        `${name ?? "No prompt"} has ${name === undefined ? "an" : "no"} alias yet. \`cuecard alias set\` makes one.\n`,
      );
    await showFindings(registry, diagnostics, stderr, context.errorPaint);
    return hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
  });
}

function row({ name, alias, target, broken, moved }: ListedAlias): string[] {
  return [
    name,
    alias,
    broken ? `${target} (broken)` : target,
    moved === "uncommitted" ? "not committed yet" : moved === "unknown" ? "-" : moved.date.slice(0, 10),
    typeof moved === "string" ? "" : moved.by.name,
  ];
}
