// Errors that judge what a template does with its values. Code can be emitted all the same: it would write what is found fault
// with. Of a released version, which nobody can change, they are warnings (docs/decisions/006).

import type { Code, Diagnostic } from "@cuecard/model";

const JUDGEMENTS: readonly Code[] = [
  "template/undeclared-variable",
  "template/unknown-member",
  "template/no-members",
  "template/list-as-text",
  "template/object-as-text",
  "template/not-a-list",
  "template/media-not-text",
];

/** Whether there is an error with which there is no code. */
export function preventsCode(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code, severity }) => severity === "error" && !JUDGEMENTS.includes(code));
}
