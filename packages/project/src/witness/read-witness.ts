// Reads a witness: a file, or the response of a server to a GET request.

import { readFile, stat } from "node:fs/promises";
import path from "node:path";

/** How long to wait for a server, in milliseconds. */
const TIMEOUT = 30_000;

/**
 * @param options.mayBeMissing Whether a file that does not exist is an empty witness, which is about to be created.
 * @returns The text, or why it cannot be read.
 */
export async function readWitness(
  dir: string,
  witness: string,
  { offline, mayBeMissing }: { readonly offline: boolean; readonly mayBeMissing: boolean },
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    if (!isUrl(witness)) {
      const file = path.resolve(dir, witness);
      // Opening a named pipe would wait for the program that writes to it.
      if (!(await stat(file)).isFile()) return { problem: "it is not a regular file" };
      return { text: await readFile(file, "utf8") };
    }
    if (offline) return { problem: "it needs the network, and --offline forbids it" };
    const answer = await fetch(witness, { signal: AbortSignal.timeout(TIMEOUT) });
    return answer.ok ? { text: await answer.text() } : { problem: `the server answers ${answer.status}` };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ("code" in error && error.code === "ENOENT" && !isUrl(witness))
      return mayBeMissing
        ? { text: "" }
        : { problem: "the file does not exist; `cuecard lock --witness` creates a witness" };
    const { cause } = error;
    return { problem: cause instanceof Error && cause.message !== "" ? cause.message : error.message };
  }
}

/** Whether a witness is read from a server, and not from a file. */
export function isUrl(witness: string): boolean {
  return /^https?:\/\//i.test(witness);
}
