// TypeScript's own findings about the helpers: in their module, and in every file that it imports by a path.

import { type Diagnostic, diagnose } from "@cuecard/model";
import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import type { HelperProgram } from "./helper-program.js";

export function findTypeErrors(helpers: HelperProgram): Diagnostic[] {
  const { program } = helpers;
  return reachedFiles(helpers).flatMap((file) => {
    const syntax = program.getSyntacticDiagnostics(file);
    const found = syntax.length > 0 ? syntax : program.getSemanticDiagnostics(file);
    return found.map((finding) => describe(helpers, file, finding));
  });
}

function reachedFiles(helpers: HelperProgram): TS.SourceFile[] {
  const reached = new Set([helpers.entry]);
  for (const file of reached)
    for (const { fileName } of ts.preProcessFile(file.text, true, true).importedFiles) {
      const path = fileName.startsWith(".") ? helpers.resolve(fileName, file) : undefined;
      const target = path === undefined ? undefined : helpers.program.getSourceFile(path);
      if (target !== undefined && helpers.isOwn(target.fileName)) reached.add(target);
    }
  return [...reached];
}

function describe(helpers: HelperProgram, file: TS.SourceFile, finding: TS.Diagnostic): Diagnostic {
  const text = ts.flattenDiagnosticMessageText(finding.messageText, "\n");
  const problem = text
    .split("\n")
    .map((line) => line.trim().replace(/\.$/, ""))
    .join(": ");
  const { start = 0, length = 0 } = finding;
  const args = { problem, typescript: `TS${finding.code}` };
  return diagnose("helpers/type-error", args, helpers.place(file, start, start + length));
}
