// Finds modules whose bytes TypeScript cannot decode: it replaces them, also within strings that prompts would get.

import { readFileSync } from "node:fs";
import { type Diagnostic, decodeUtf8, reportNotUtf8 } from "@cuecard/model";
import type { HelperProgram } from "./helper-program.js";

export function findUndecoded(program: HelperProgram): Diagnostic[] {
  return program.program.getSourceFiles().flatMap(({ fileName }) => {
    if (!program.isOwn(fileName)) return [];
    const data = readFileSync(fileName);
    const { failure } = decodeUtf8(data);
    // TypeScript reads UTF-16 with a byte-order mark.
    const isRead = failure === undefined || (failure.encoding === "UTF-16" && (data[0] ?? 0) >= 0xfe);
    return isRead ? [] : [reportNotUtf8(failure, { file: program.nameOf(fileName) })];
  });
}
