// Errors that do not prevent code from being emitted: about what a template does with its values, about the schemas of tools, and about
// hidden characters. The code would insert, or pass on, exactly what the error is about. For a released version, which cannot change, they
// are warnings (docs/decisions/006).

import type { Code, Diagnostic } from "@cuecard/model";

const NON_BLOCKING: readonly Code[] = [
  "template/undeclared-variable",
  "template/unknown-member",
  "template/no-members",
  "template/list-as-text",
  "template/object-as-text",
  "template/not-a-list",
  "template/media-not-text",
  "schema/invalid-tool",
  "text/hidden-control",
];

/** Whether an error prevents code from being emitted. */
export function blocksCodegen(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code, severity }) => severity === "error" && !NON_BLOCKING.includes(code));
}
