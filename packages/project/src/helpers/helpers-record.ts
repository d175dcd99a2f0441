// What the last reading of the helpers gave, kept beside the other caches: TypeScript is not even loaded while nothing changed.

import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { HelperSignature } from "@cuecard/build";
import type { Diagnostic } from "@cuecard/model";
import { replaceFile } from "@cuecard/registry";
import { locateCache } from "../cache/locate-cache.js";
import { compilerIdentity } from "../cache/package-version.js";
import type { ImportedPackage } from "./emit-modules.js";
import { areUnchanged, type Inputs } from "./inputs.js";

/** One reading; only those without errors are kept. */
export interface HelpersRecord {
  readonly inputs: Inputs;
  readonly signatures: readonly HelperSignature[];
  readonly entry: string;
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly packages: readonly ImportedPackage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The record of the same module, if everything that was looked at is as it was. */
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

/** Never throws: a disk that takes no cache is no reason to fail. */
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
