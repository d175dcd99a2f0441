// One change of a prompt as a line: what breaks callers stands out, with and without colours.

import type { Paint } from "../terminal/paint.js";
import { printableLine } from "../terminal/printable.js";
import { wrap } from "../terminal/wrap.js";

/** `! input "place" is new and must be passed` */
export function formatChange(
  message: string,
  breaking: boolean,
  { paint, width, indent }: { readonly paint: Paint; readonly width: number; readonly indent: string },
): string {
  const mark = breaking ? paint.red("!") : paint.dim("-");
  const text = wrap(printableLine(message), Math.max(20, width - indent.length - 2), `${indent}  `);
  return `${indent}${mark} ${breaking ? paint.red(text) : text}\n`;
}
