// Why a request cannot be done, as the page shows it.

import { type Diagnostic, formatPlace } from "@cuecard/model";
import { RequestError } from "../../exit.js";

/** @returns An error with the findings that are errors: place, message and hint of each. */
export function refuse(diagnostics: readonly Diagnostic[]): RequestError {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return new RequestError(errors.map(describe).join("\n"));
}

function describe(finding: Diagnostic): string {
  const { message, hint, file } = finding;
  const place = file === "" || file === "." || message.includes(file) ? "" : `${formatPlace(finding)}: `;
  return [`${place}${message}`, hint].filter(Boolean).join("\n");
}
