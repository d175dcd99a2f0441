// What reports for other tools share: paths from the top of the repository, and keys by which the same finding is known again.

import { createHash } from "node:crypto";
import type { Diagnostic } from "@cuecard/model";

/** @param folder The project's folder, relative to the top of the repository; empty if it is the top. */
export function inRepository(file: string, folder: string): string {
  return folder === "" ? file : `${folder}/${file}`;
}

/** A key for each finding, which stays the same when lines move. Equal findings of a file are numbered. */
export function fingerprints(diagnostics: readonly Diagnostic[]): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ code, file, ref, subject, args }) => {
    const text = JSON.stringify([code, file, ref, subject, args]);
    const number = (seen.get(text) ?? 0) + 1;
    seen.set(text, number);
    return createHash("sha256").update(`${text} ${number}`).digest("hex").slice(0, 40);
  });
}
