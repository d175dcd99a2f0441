// Caches the result of reading the helpers, so that TypeScript is not loaded while nothing has changed.

import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { HelperSignature } from "@cuecard/build";
import type { Diagnostic } from "@cuecard/model";
import { replaceFile } from "@cuecard/registry";
import { locateCache } from "../cache/locate-cache.js";
import { compilerIdentity } from "../cache/package-version.js";
import { CacheKey, Seal } from "../cache/seal.js";
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

/** The record of the same module, if none of its inputs have changed. */
export function recallHelpers(dir: string, module: string): HelpersRecord | undefined {
  const place = recordPlace(dir, module);
  if (place === undefined) return undefined;
  try {
    const text = place.seal.open(readFileSync(place.file, "utf8"));
    if (text === undefined) return undefined;
    const record = JSON.parse(text) as HelpersRecord;
    return areUnchanged(dir, record.inputs) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Never throws: a cache that cannot be written must not fail the command. */
export async function rememberHelpers(dir: string, module: string, record: HelpersRecord): Promise<void> {
  const place = recordPlace(dir, module);
  if (place?.key.save() !== true) return;
  try {
    mkdirSync(path.dirname(place.file), { recursive: true });
    await replaceFile(place.file, place.seal.close(JSON.stringify(record)));
  } catch {
    // The next build reads them again.
  }
}

function recordPlace(dir: string, module: string): { file: string; seal: Seal; key: CacheKey } | undefined {
  const folder = locateCache(dir);
  const key = CacheKey.of(dir);
  if (folder === undefined || key === undefined) return undefined;
  return {
    file: path.join(folder, "helpers.json"),
    seal: new Seal(key, `helpers ${compilerIdentity()} ${module}`),
    key,
  };
}
