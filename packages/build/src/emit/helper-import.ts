// The line with which emitted modules import the project's helpers: only those that they call.

import { stringLiteral } from "../text/escape.js";

/** The local name of a project's helper in emitted code; `$` separates it from every other name. */
export function helperConstant(helper: string): string {
  return `$${helper}`;
}

/**
 * @param from The importing module within dist, which the import is relative to.
 * @example `import { currency as $currency } from "../helpers/text.js";`
 * @param entry The helpers' module within dist.
 */
export function emitHelperImport(names: ReadonlySet<string>, from: string, entry: string | undefined): string {
  if (names.size === 0) return "";
  if (entry === undefined)
    throw new Error(`${from} calls ${[...names].join(", ")}, but the package has no helpers module`);
  const list = [...names].sort().map((name) => `${name} as ${helperConstant(name)}`);
  const up = "../".repeat(from.split("/").length - 1) || "./";
  return `import { ${list.join(", ")} } from ${stringLiteral(up + entry)};\n`;
}
