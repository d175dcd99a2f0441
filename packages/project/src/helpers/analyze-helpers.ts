// Reads the helpers module with TypeScript. Imported only if there is something new to read: TypeScript and the
// compiler take longer to load than an unchanged build.

import { formatPlace } from "@cuecard/model";
import { emitModules } from "./emit-modules.js";
import { findTypeErrors } from "./find-type-errors.js";
import { findUndecoded } from "./find-undecoded.js";
import { HelperProgram } from "./helper-program.js";
import type { HelpersRecord } from "./helpers-record.js";
import { readSignatures } from "./read-signatures.js";

/** @param module The helpers' module, which exists, relative to the project's folder. */
export function analyzeHelpers(dir: string, module: string): HelpersRecord {
  const program = new HelperProgram(dir, module);
  const emitted = emitModules(program);
  const { signatures, diagnostics } = readSignatures(program);
  // An import that cannot be resolved is reported once.
  const refused = new Set(emitted.diagnostics.map(formatPlace));
  const typeErrors = findTypeErrors(program).filter((finding) => !refused.has(formatPlace(finding)));
  return {
    inputs: program.inputs,
    signatures,
    entry: emitted.entry,
    commonJsEntry: emitted.commonJsEntry,
    files: [...emitted.files],
    packages: emitted.packages,
    diagnostics: [...findUndecoded(program), ...emitted.diagnostics, ...diagnostics, ...typeErrors],
  };
}
