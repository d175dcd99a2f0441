// Tags: values to insert, and dotprompt's markers.

import { expect, it } from "vitest";
import { printLowered } from "../../test/print-lowered.js";
import type { HelperSignature } from "../language/helper-signature.js";

it.each([
  ["Hi {{name}}!", '"Hi " out $0.name "!"'],
  // Prompts are not HTML: all three insert the value as it is.
  ["{{a}}{{{a}}}{{&a}}", "out $0.a out $0.a out $0.a"],
  ["{{! a comment }}a{{!-- another --}}", '"a"'],
  ['{{role "system"}}Be kind.{{role "model"}}', 'role system "Be kind." role assistant'],
  ["{{history}}", "history"],
  ["{{media url=a}}", "media($0.a)"],
  ['{{media url=a contentType="image/png"}}', 'media($0.a, "image/png")'],
  ['{{section "facts"}}', 'slot "facts"'],
  ["{{log a}}", "!template/log"],
  ['{{role "sytem"}}', "!template/unknown-role"],
  ["{{role}}", "!template/wrong-arguments"],
  ["{{media a}}", "!template/wrong-arguments"],
  ["{{section facts}}", "!template/wrong-arguments"],
])("%s is lowered to %s", (template, lowered) => {
  expect(printLowered(template)).toBe(lowered);
});

/** A project may have had a helper of this name before the language had it. */
const OWN: HelperSignature = {
  name: "untrusted",
  positional: [{ name: "text", type: ["string"], optional: false }],
  named: [],
  returns: ["string"],
};

it.each([
  ["{{untrusted a}}", "out delimited($0.a)", "out untrusted($0.a)"],
  ["{{untrusted}}", "out $0.untrusted", "out untrusted()"],
  [
    "{{this.untrusted}}{{#untrusted}}x{{/untrusted}}",
    'out $0.untrusted section $1 = $0.untrusted or $0 ["x"]',
    undefined,
  ],
  ["{{#if untrusted}}x{{/if}}", 'if $0.untrusted ["x"]', undefined],
  ["{{#each a as |untrusted|}}{{untrusted b}}{{/each}}", "each $1 of $0.a [] !template/unknown-helper", undefined],
])("%s is lowered to %s, and with a helper of that name to %s", (template, lowered, withOwn) => {
  expect(printLowered(template)).toBe(lowered);
  if (withOwn !== undefined) expect(printLowered(template, { helpers: new Map([["untrusted", OWN]]) })).toBe(withOwn);
});
