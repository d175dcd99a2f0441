// Which branches of templates no example renders, for people.

import type { TestCoverage } from "@cuecard/project";
import type { Paint } from "../terminal/paint.js";
import { printableLine } from "../terminal/text.js";

type Branch = TestCoverage["files"][number]["branches"][number];

/** The branches that were not rendered, by file; empty if there are none. */
export function formatCoverage({ files }: TestCoverage, paint: Paint): string {
  const open = files.flatMap(({ file, branches }) => {
    const missed = branches.filter(({ count }) => count === 0);
    return missed.length === 0 ? [] : [{ file, missed, branches }];
  });
  if (open.length === 0) return "";
  const blocks = open.map(({ file, missed, branches }) => {
    const title = `${paint.yellow("○")} ${printableLine(file)} ${paint.dim(`${branches.length - missed.length} of ${branches.length} branches`)}\n`;
    return (
      title + missed.map((branch) => `  ${paint.dim(`${branch.line}:${branch.column}`)} ${describe(branch)}\n`).join("")
    );
  });
  return `\n${blocks.join("")}`;
}

function describe({ tag, side, written }: Branch): string {
  const block = printableLine(tag);
  if (side === "block")
    return written ? `${block} is never rendered` : `${block} always renders its text: no example skips it`;
  return written ? `{{else}} of ${block} is never rendered` : `${block} is always rendered: no example skips it`;
}

/** `8 of 10 (80%)` */
export function summarizeCoverage({ covered, branches, percent, minimum }: TestCoverage, paint: Paint): string {
  if (branches === 0) return "none";
  const text = `${covered} of ${branches} rendered (${percent}%)`;
  if (minimum === undefined) return text;
  return percent < minimum ? paint.red(`${text}, but at least ${minimum}% is required`) : paint.green(text);
}
