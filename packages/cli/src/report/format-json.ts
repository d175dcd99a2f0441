// Findings for programs: one JSON document, the diagnostics as they are.

import type { Diagnostic } from "@cuecard/model";

export function formatJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify({ diagnostics }, null, 2)}\n`;
}
