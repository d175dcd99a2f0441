// Expressions: a helper's call, and what it is lowered to.

import { expect, it } from "vitest";
import { printLowered } from "../../test/print-lowered.js";
import type { HelperSignature } from "../language/helper-signature.js";

const text = { name: "text", type: ["string"], optional: false } as const;
const by = { name: "by", type: ["string"], optional: true } as const;
const helpers = new Map<string, HelperSignature>([
  ["upper", { name: "upper", positional: [text], named: [], returns: ["string"] }],
  ["join", { name: "join", positional: [{ ...text, type: ["array"] }], named: [by], returns: ["string"] }],
]);

it.each([
  ["{{lookup a b}}", "out $0.a[$0.b]"],
  ['{{lookup a "b"}}', 'out $0.a["b"]'],
  ["{{json a}}", "out json($0.a)"],
  ["{{json a indent=2}}", "out json($0.a, 2)"],
  ["{{upper a}}", "out upper($0.a)"],
  ['{{join a by=", "}}', 'out join($0.a, by: ", ")'],
  ["{{upper (lookup a 0)}}", "out upper($0.a[0])"],
  ["{{upper null}}{{upper undefined}}{{upper true}}", "out upper(null) out upper(undefined) out upper(true)"],
  ["{{#if (upper a)}}x{{/if}}", 'if upper($0.a) ["x"]'],
  ["{{lookup a}}", "!template/wrong-arguments"],
  ["{{json}}", "!template/wrong-arguments"],
  ["{{uper a}}", "!template/unknown-helper"],
])("%s is lowered to %s", (template, lowered) => {
  expect(printLowered(template, { helpers })).toBe(lowered);
});
