// For tests: reads a repository as the command line would, with a stand-in for the template parser.

import { type Diagnostic, formatPlace } from "@cuecard/model";
import { type ReadOptions, type ReadResult, readSnapshot, saveLock } from "../src/index.js";

/** Names of partials by a pattern: the registry takes any function. */
export function partialReferences(text: string): string[] {
  return [...text.matchAll(/\{\{>\s*([\w/-]+)/g)].map((match) => match[1] ?? "");
}

export function read(dir: string, options: Partial<ReadOptions> = {}): Promise<ReadResult> {
  return readSnapshot({ dir, promptsDir: "prompts", partialReferences, ...options });
}

/** Reads, writes the lock, and gives what was read. */
export async function lock(dir: string, options: Partial<ReadOptions> = {}): Promise<ReadResult> {
  const result = await read(dir, options);
  await saveLock(dir, result.lock);
  return result;
}

/** `prompts/a.md@v1:1:1 tag/moved`, one a diagnostic. */
export function brief(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((diagnostic) => `${formatPlace(diagnostic)} ${diagnostic.code}`);
}

/** `name@v1`, one a version. */
export function versionsOf(result: ReadResult): string[] | undefined {
  return result.snapshot?.versions.map(({ name, version }) => `${name}@v${version}`);
}
