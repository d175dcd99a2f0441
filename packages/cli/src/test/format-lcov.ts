// Coverage of templates as an lcov tracefile, which editors, Codecov and genhtml read.
// https://github.com/linux-test-project/lcov, man geninfo, "TRACEFILE FORMAT"

import type { TestCoverage } from "@cuecard/project";
import { inRepository } from "../report/in-repository.js";

type File = TestCoverage["files"][number];

/** @param folder The project's folder, relative to the top of the repository; empty if it is the top. */
export function formatLcov(files: readonly File[], folder: string): string {
  return files.map((file) => formatFile(file, folder)).join("");
}

function formatFile({ file, branches, lines }: File, folder: string): string {
  // Each block is numbered, with its text as branch 0 and the else as branch 1.
  const blocks = new Map<string, number>();
  const taken = branches.map(({ line, tag, side, count, block }) => {
    const key = `${block.line}:${block.column} ${tag}`;
    const number = blocks.get(key) ?? blocks.size;
    blocks.set(key, number);
    const siblings = branches.filter((other) => other.block.line === block.line && other.block.column === block.column);
    // Without its sibling, whether the block was reached is not known.
    const isReached = siblings.length < 2 || siblings.some((other) => other.count > 0);
    return `BRDA:${line},${number},${side === "block" ? 0 : 1},${isReached ? count : "-"}\n`;
  });
  const hit = lines.filter(({ count }) => count > 0).length;
  return [
    "TN:\n",
    `SF:${inRepository(file, folder)}\n`,
    ...taken,
    `BRF:${branches.length}\nBRH:${branches.filter(({ count }) => count > 0).length}\n`,
    ...lines.map(({ line, count }) => `DA:${line},${count}\n`),
    `LF:${lines.length}\nLH:${hit}\n`,
    "end_of_record\n",
  ].join("");
}
