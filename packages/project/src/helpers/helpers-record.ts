// Caches the result of reading the helpers, so that TypeScript is not loaded while nothing has changed.

import type { HelperSignature } from "@cuecard/build";
import type { Diagnostic } from "@cuecard/model";
import type { CacheFolder } from "../cache/cache-folder.js";
import { compilerIdentity } from "../cache/package-version.js";
import { SealedFile } from "../cache/sealed-file.js";
import type { ImportedPackage } from "./emit-modules.js";
import { areUnchanged, type Inputs } from "./inputs.js";

/** One result; only results without errors are kept. */
export interface HelpersRecord {
  readonly inputs: Inputs;
  readonly signatures: readonly HelperSignature[];
  readonly entry: string;
  readonly commonJsEntry: string;
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly packages: readonly ImportedPackage[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Where the record of a module is kept.
 *
 * @param typescript The version that reads it: another one may emit other code, or find other errors.
 */
export function recordFile(
  folder: CacheFolder | undefined,
  module: string,
  typescript: string,
): SealedFile<HelpersRecord> | undefined {
  return folder && new SealedFile(folder, "helpers.json", `helpers ${compilerIdentity()} ${typescript} ${module}`);
}

/** The record, if none of its inputs have changed. */
export function recallHelpers(dir: string, file: SealedFile<HelpersRecord> | undefined): HelpersRecord | undefined {
  const record = file?.read();
  try {
    return record !== undefined && areUnchanged(dir, record.inputs) ? record : undefined;
  } catch {
    return undefined;
  }
}
