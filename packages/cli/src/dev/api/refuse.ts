// Why a request cannot be done, as the page shows it.

import { type Diagnostic, formatPlace } from "@cuecard/model";
import { RequestError } from "../../exit.js";

/** @returns An error with the findings that are errors: place, message and hint of each. */
export function refuse(diagnostics: readonly Diagnostic[]): RequestError {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return new RequestError(errors.map(describe).join("\n"));
}

/** A text of Cuecard as a whole sentence. */
export function toSentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[\p{L}\p{N}"\x60)]$/u.test(text) && !text.includes("\n") ? "." : ""}`;
}

function describe(finding: Diagnostic): string {
  const { message, hint, file } = finding;
  const place = file === "" || file === "." || message.includes(file) ? "" : `${formatPlace(finding)}: `;
  // The text of a repository or its user stays as it is.
  const isGiven = Object.values(finding.args).some((value) => typeof value === "string" && message.startsWith(value));
  const text = place === "" && !isGiven ? toSentence(message) : `${place}${message}`;
  return [text, hint && toSentence(hint)].filter(Boolean).join("\n");
}
