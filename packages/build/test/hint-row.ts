// Rows of tests about hints: a template, its findings, and a suggestion that can be followed.

import { expect } from "vitest";
import { expectFindings, found, type Given } from "./findings.js";

/** `name` is a string, `note` an optional one, `flag` a boolean, `tags` a list of strings, `items` one of objects. */
export type Row = [template: string, findings: readonly string[], given?: Given];

/** The findings of a row; and what they say to write can be written. */
export function expectRow(template: string, expected: readonly string[], given: Given | undefined): void {
  const findings = found(template, given);
  expectFindings(findings, expected);
  for (const finding of findings) {
    const suggested = suggestion(finding);
    if (suggested === undefined) continue;
    // If a hint suggests writing a helper, its parameters are unknown.
    const isOwn = finding.includes("call a helper of your own");
    const codes = isOwn ? /^(?:syntax|unsupported)/ : /^(?:syntax|unsupported|unknown-helper|wrong-arg|foreign-name)/;
    const wrong = found(suggested, given).filter((line) => codes.test(line));
    expect([suggested, ...wrong]).toEqual([suggested]);
  }
}

/**
 * The tags that a finding says to write, as a template; `undefined` where they leave out something, or there are none.
 */
function suggestion(finding: string): string | undefined {
  const [, tags] = /(?: — |, or )(?:[^{]*: )?(?:write )?(\{\{.*\}\})/.exec(finding) ?? [];
  if (tags === undefined || /\{\{[^}]*…|^\{\{\{\{|^\{\{\//.test(tags)) return undefined;
  if (tags.startsWith("{{else")) return `{{#if flag}}x${tags}y{{/if}}`;
  const [, opened] = /^\{\{~?#(\w+)/.exec(tags) ?? [];
  return opened === undefined || tags.includes("{{/") ? tags : `${tags}x{{/${opened}}}`;
}

export const DEFAULT = "give it a default in input.default, or write";
export const DECIDE = "decide it before rendering and pass true or false, or call a helper of your own";
