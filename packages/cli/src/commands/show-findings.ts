// Findings as text on a stream, with their code frames.

import type { Diagnostic } from "@cuecard/model";
import type { Registry } from "../registry.js";
import { formatText } from "../report/format-text.js";
import type { Paint } from "../terminal/paint.js";
import type { OutputStream } from "../terminal/terminal.js";

export async function showFindings(
  registry: Registry,
  diagnostics: readonly Diagnostic[],
  stream: OutputStream,
  paint: Paint,
): Promise<void> {
  if (diagnostics.length === 0) return;
  const sources = await registry.sources(diagnostics);
  stream.write(formatText(diagnostics, { sources, paint, width: stream.columns }));
}
