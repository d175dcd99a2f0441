// Tags: values to insert, and dotprompt's markers.

import { expect, it } from "vitest";
import { printLowered } from "../../test/print-lowered.js";

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
