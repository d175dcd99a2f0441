// A prompt's rendering function as its package holds it: what is asked of an input first, then what renders it.

import type { SchemaGuard } from "../schema/schema-guard.js";
import { stringLiteral } from "./escape.js";
import type { RenderFunction } from "./render-function.js";

export interface RenderCode {
  /** Source of `(input, options, demand) => string` for text, `=> Message[]` for chat, with the parameters that it uses. */
  readonly code: string;
  /** What it uses of @cuecard/runtime. */
  readonly imports: readonly string[];
}

/** @param judge How inputs are judged, where they are: most of those that fit are told by the guard. */
export function emitRenderCode(
  render: RenderFunction,
  judge: { readonly guard?: SchemaGuard } | undefined,
): RenderCode {
  const guard = judge?.guard;
  const names = new Set([...render.names, ...(guard?.names ?? [])]);
  const parameters = ["input", "options", "demand"].slice(0, judge !== undefined ? 3 : render.usesOptions ? 2 : 1);
  return {
    code: `(${parameters.join(", ")}) => {\n${emitInherited(names)}${emitDemand(judge, names)}${render.body}}`,
    imports: [...render.imports, ...(guard?.imports ?? []), ...(names.size === 0 ? [] : ["base"])],
  };
}

/** Whether somebody has given every object one of the names that are read. */
function emitInherited(names: ReadonlySet<string>): string {
  if (names.size === 0) return "";
  return `  const inherited = ${[...names].map((name) => `${stringLiteral(name)} in base`).join(" || ")};\n`;
}

function emitDemand(judge: { readonly guard?: SchemaGuard } | undefined, names: ReadonlySet<string>): string {
  if (judge === undefined) return "";
  if (judge.guard === undefined) return "  demand?.(input);\n";
  const fits = names.size === 0 ? judge.guard.test : `!inherited && ${judge.guard.test}`;
  return `  if (demand && !(${fits})) demand(input);\n`;
}
