// Reads a witness: a file, or the response of a server to a GET request.

import { readFile } from "node:fs/promises";
import path from "node:path";

/** How long to wait for a server, in milliseconds. */
const TIMEOUT = 30_000;

/** @returns The text (empty if there is no such file), or why it cannot be read. */
export async function readWitness(
  dir: string,
  witness: string,
  { offline }: { readonly offline: boolean },
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    if (!isUrl(witness)) return { text: await readFile(path.resolve(dir, witness), "utf8") };
    if (offline) return { problem: "it needs the network, and --offline forbids it" };
    const answer = await fetch(witness, { signal: AbortSignal.timeout(TIMEOUT) });
    return answer.ok ? { text: await answer.text() } : { problem: `the server answers ${answer.status}` };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ("code" in error && error.code === "ENOENT") return { text: "" };
    const { cause } = error;
    return { problem: cause instanceof Error && cause.message !== "" ? cause.message : error.message };
  }
}

/** Whether a witness is read from a server, and not from a file. */
export function isUrl(witness: string): boolean {
  return /^https?:\/\//i.test(witness);
}
