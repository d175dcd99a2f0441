// Diagnostics as text on a stream, with their code frames.

import type { Diagnostic } from "@cuecard/model";
import type { Registry, SourceLookup } from "@cuecard/project";
import { formatText } from "../report/format-text.js";
import type { Paint } from "../terminal/paint.js";
import type { OutputStream } from "../terminal/terminal.js";

/** @param draft A text that is not on disk and that diagnostics of this ref point into. */
export async function printDiagnostics(
  registry: Registry,
  diagnostics: readonly Diagnostic[],
  stream: OutputStream,
  paint: Paint,
  draft?: { readonly ref: string; readonly text: string },
): Promise<void> {
  if (diagnostics.length === 0) return;
  const known = await registry.sources(diagnostics.filter(({ ref }) => ref === undefined || ref !== draft?.ref));
  const sources: SourceLookup = (file, ref) =>
    draft !== undefined && ref === draft.ref ? draft.text : known(file, ref);
  stream.write(formatText(diagnostics, { sources, paint, width: stream.columns }));
}
