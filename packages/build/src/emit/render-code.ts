// A prompt's rendering function as its package holds it: what is asked of an input first, then what renders it.

import type { RenderFunction, SchemaGuard } from "../model.js";
import { stringLiteral } from "../text/escape.js";

export interface RenderCode {
  /** Source of `(demand) => (input, options) => …`, which gives a string for text and messages for chat. */
  readonly code: string;
  /** What it uses of @cuecard/runtime. */
  readonly imports: ReadonlySet<string>;
}

/** How inputs are judged: most of those that fit are told by the guard, the others are left to `demand`. */
export interface JudgeCode {
  readonly guard: SchemaGuard | undefined;
}

export function emitRenderCode(render: RenderFunction, judge?: JudgeCode): RenderCode {
  const guard = judge?.guard;
  const names = new Set([...render.names, ...(guard?.names ?? [])]);
  const imports = new Set([...render.imports, ...(guard?.imports ?? [])]);
  const lines: string[] = [];
  // Whether somebody has given every object one of the names that are read.
  if (names.size > 0) {
    imports.add("base");
    lines.push(`const inherited = ${[...names].map((name) => `${stringLiteral(name)} in base`).join(" || ")};`);
  }
  if (guard !== undefined) {
    imports.add("isPlain");
    lines.push(`const plain = ${names.size > 0 ? "!inherited && " : ""}isPlain(input);`);
  }
  if (judge !== undefined) {
    const fits = guard === undefined ? "" : ` && !(${["plain", ...guard.tests].join(" && ")})`;
    // Where every object has been given that option, nobody is taken to have meant it. Asking whether it is the caller's own
    // takes longer.
    imports.add("base");
    lines.push(`if ((options?.validate !== false || "validate" in base)${fits}) demand(input);`);
  }
  if (render.readsInput) {
    imports.add("bare");
    lines.push(`const b0 = ${guard === undefined ? "bare(input, inherited)" : "plain ? input : bare(input, true)"};`);
  }
  const head = judge === undefined ? "()" : "(demand)";
  const parameters = judge !== undefined || render.usesOptions ? "(input = {}, options)" : "(input = {})";
  const start = lines.map((line) => `  ${line}\n`).join("");
  return { code: `${head} => ${parameters} => {\n${start}${render.body}}`, imports };
}
