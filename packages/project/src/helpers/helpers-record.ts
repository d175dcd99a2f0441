// Caches the result of reading the helpers, so that TypeScript is not loaded while nothing has changed.

import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { HelperSignature } from "@cuecard/build";
import type { Diagnostic } from "@cuecard/model";
import { replaceFile } from "@cuecard/registry";
import { locateCache } from "../cache/locate-cache.js";
import { compilerIdentity } from "../cache/package-version.js";
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
  const file = recordFile(dir);
  if (file === undefined) return undefined;
  try {
    const stored = JSON.parse(readFileSync(file, "utf8")) as { identity: unknown; record: HelpersRecord };
    if (stored.identity !== identityOf(module)) return undefined;
    return areUnchanged(dir, stored.record.inputs) ? stored.record : undefined;
  } catch {
    return undefined;
  }
}

/** Never throws: a cache that cannot be written must not fail the command. */
export async function rememberHelpers(dir: string, module: string, record: HelpersRecord): Promise<void> {
  const file = recordFile(dir);
  if (file === undefined) return;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    await replaceFile(file, JSON.stringify({ identity: identityOf(module), record }));
  } catch {
    // The next build reads them again.
  }
}

function recordFile(dir: string): string | undefined {
  const folder = locateCache(dir);
  return folder === undefined ? undefined : path.join(folder, "helpers.json");
}

function identityOf(module: string): string {
  return `${compilerIdentity()} ${module}`;
}
