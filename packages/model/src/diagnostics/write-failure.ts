// The finding that says why the machine would not write a file: no permission, no space, a read-only disk.

import { type Diagnostic, diagnose } from "./diagnostic.js";

/**
 * @param what `package`, or the file's name.
 * @param file Where people look for what was to be written.
 * @throws the error itself when it is not the file system's.
 */
export function writeFailure(error: unknown, what: string, file: string): Diagnostic {
  if (!(error instanceof Error) || !("syscall" in error)) throw error;
  const { code, path } = error as Error & { readonly code?: string; readonly path?: string };
  return diagnose("output/failed", { problem: error.message, what, path, reason: code ?? "" }, { file });
}
