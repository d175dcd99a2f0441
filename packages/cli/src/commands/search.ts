// `cuecard search [query]`

import { UsageError } from "@cuecard/model";
import type { SearchResult } from "@cuecard/project";
import { plural } from "../report/count.js";
import { formatQueryError } from "../report/format-query-error.js";
import { formatTable } from "../report/table.js";
import { truncate } from "../terminal/display-width.js";
import type { Paint } from "../terminal/paint.js";
import { printableLine } from "../terminal/printable.js";
import type { CommandContext } from "./command-context.js";
import { sayEmpty } from "./say-empty.js";
import { takeFound } from "./take-found.js";
import { tellErrors } from "./tell-errors.js";
import { withRegistry } from "./with-registry.js";

export interface SearchOptions {
  readonly text: readonly string[];
  readonly name?: string;
  readonly tag: readonly string[];
  readonly alias?: string;
  readonly model?: string;
  readonly variable: readonly string[];
  readonly partial: readonly string[];
  readonly allVersions?: boolean;
  readonly json?: boolean;
}

export async function search(
  context: CommandContext,
  options: SearchOptions,
  args: readonly string[],
): Promise<number> {
  return withRegistry(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const { text, name, tag, alias, model, variable, partial, allVersions } = options;
    const [query] = args;
    const outcome = await registry.search({
      query,
      text,
      name,
      tags: tag.map(readTag),
      alias,
      model,
      variables: variable,
      partials: partial,
      allVersions,
    });
    if (outcome.kind === "invalid") throw new UsageError(formatQueryError(query ?? "", outcome.error));
    const found = await takeFound(context, registry, outcome);
    if (typeof found === "number") return found;
    const { results, searched } = found.value;
    if (options.json === true) stdout.write(`${JSON.stringify({ results: results.map(asJson) }, null, 2)}\n`);
    else if (results.length > 0) stdout.write(formatResults(results, context.paint, stdout.columns));
    else if (searched === 0) sayEmpty(context, registry);
    else stderr.write(`Nothing fits among ${plural(searched, "version")}${allVersions === true ? "" : ` in use`}.\n`);
    return tellErrors(context, found.diagnostics);
  });
}

function readTag(written: string): readonly [key: string, value: string | undefined] {
  const at = written.indexOf("=");
  return at === -1 ? [written, undefined] : [written.slice(0, at), written.slice(at + 1)];
}

/** JSON has no `undefined`: what there is not is null. */
function asJson({ description, model, excerpt, ...result }: SearchResult): object {
  return { ...result, description: description ?? null, model: model ?? null, excerpt: excerpt ?? null };
}

function formatResults(results: readonly SearchResult[], paint: Paint, width: number | undefined): string {
  const table = formatTable(["NAME", "VERSION", "ALIASES", "DESCRIPTION"], results.map(row), { paint, width });
  const [head = "", ...lines] = table.trimEnd().split("\n");
  const withExcerpts = lines.flatMap((line, index) => [line, ...excerptOf(results[index], paint, width)]);
  return `${[head, ...withExcerpts].join("\n")}\n`;
}

function row({ name, version, aliases, description }: SearchResult): string[] {
  return [name, version === "working" ? version : `v${version}`, aliases.join(", ") || "-", description ?? ""];
}

function excerptOf(result: SearchResult | undefined, paint: Paint, width: number | undefined): string[] {
  if (result?.excerpt === undefined) return [];
  const { file, text, start, end } = result.excerpt;
  const isPartial = !file.endsWith(`/${result.name}.md`);
  const where = isPartial ? `${file}: ` : "";
  const [head, found, tail] = [text.slice(0, start), text.slice(start, end), text.slice(end)].map(printableLine);
  const plain = `${where}${head}${found}${tail}`;
  if (width !== undefined && truncate(plain, width - 4) !== plain) return [`    ${truncate(plain, width - 4)}`];
  return [`    ${paint.dim(`${where}${head}`)}${paint.yellow(found ?? "")}${paint.dim(tail ?? "")}`];
}
