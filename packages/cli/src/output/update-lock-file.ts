// Writes prompts.lock; what the machine refuses is a finding.

import type { Diagnostic } from "@cuecard/model";
import { writeFailure } from "./write-failure.js";

/** @returns Why it could not be written. */
export async function updateLockFile(dir: string, text: string): Promise<Diagnostic | undefined> {
  const { LOCK_FILE, writeLock } = await import("@cuecard/registry");
  try {
    await writeLock(dir, text);
    return undefined;
  } catch (error) {
    return writeFailure(error, "prompts.lock", LOCK_FILE);
  }
}
