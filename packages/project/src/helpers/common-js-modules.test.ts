// ES modules → CommonJS. How such modules work together: read-helpers.test.ts.

import { expect, it } from "vitest";
import { emitCommonJs } from "./common-js-modules.js";

it.each([
  ["await outside of a function", "const rate = await Promise.resolve(1);"],
  ["await outside of a function", "for await (const one of []) String(one);"],
  ["import.meta", "export const f = () => import.meta.url;"],
  [undefined, "export async function f() { await 1; for await (const one of []) String(one); }"],
])("a module that uses %s cannot be required, and the error names it", (what, code) => {
  const text = emitCommonJs(new Map([["helpers/a.js", `${code}\n`]])).get("helpers/a.cjs") ?? "";
  if (what === undefined) expect(text).toContain("exports.f = f;");
  else expect(() => new Function(text)()).toThrow(`the helpers use ${what}, which CommonJS does not have`);
});
