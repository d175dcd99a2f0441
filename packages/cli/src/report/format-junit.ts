// Findings as a JUnit report, which most CI services read: a failed test for each error, and output for the others.
// https://github.com/testmoapp/junitxml

import { type Diagnostic, formatPlace } from "@cuecard/model";
import { printable } from "../terminal/text.js";
import { inRepository } from "./in-repository.js";

export interface JunitOptions {
  /** The project's folder, relative to the top of the repository; empty if it is the top. */
  readonly folder: string;
  /** Whether warnings fail as well. */
  readonly strict: boolean;
  /** The name of the report. */
  readonly title: string;
}

export function formatJunit(diagnostics: readonly Diagnostic[], { folder, strict, title }: JunitOptions): string {
  const isFailure = ({ severity }: Diagnostic) => severity === "error" || (strict && severity === "warning");
  const failures = diagnostics.filter(isFailure).length;
  const tests = Math.max(1, diagnostics.length);
  const counts = `tests="${tests}" failures="${failures}"`;
  const cases = diagnostics.map((diagnostic) => {
    const place = formatPlace({ ...diagnostic, file: inRepository(diagnostic.file, folder) });
    const attributes = `name="${escapeXml(`${diagnostic.code} ${place}`)}" classname="cuecard" file="${escapeXml(inRepository(diagnostic.file, folder))}"`;
    const hint = diagnostic.hint === undefined ? "" : `\nhint: ${diagnostic.hint}`;
    const text = escapeXml(
      `${diagnostic.severity === "info" ? "note" : diagnostic.severity}: ${diagnostic.message}${hint}`,
    );
    const body = isFailure(diagnostic)
      ? `<failure type="${diagnostic.code}" message="${escapeXml(diagnostic.message)}">${text}</failure>`
      : `<system-out>${text}</system-out>`;
    return `    <testcase ${attributes}>${body}</testcase>`;
  });
  // A report without tests counts as a mistake in some services.
  if (cases.length === 0) cases.push('    <testcase name="no findings" classname="cuecard" />');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${title}" ${counts}>
  <testsuite name="${title}" ${counts}>
${cases.join("\n")}
  </testsuite>
</testsuites>
`;
}

/** Controls have no place in XML, also not as references: they are shown as pictures. */
export function escapeXml(text: string): string {
  return printable(text).replaceAll(
    /[&<>"]/g,
    (character) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot" }[character]};`,
  );
}
