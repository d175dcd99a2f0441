// A document that moves pointers at run time may be aliases.json itself, so both are read by the same rules.

import fc from "fast-check";
import { expect, it } from "vitest";
import { readPointers } from "../../../runtime/src/follow/document.js";
import { parseStrictJson } from "../../../runtime/src/follow/strict-json.js";
import { parseAliases } from "./parse-aliases.js";

const weight = fc.oneof(
  fc.constantFrom("0", "-1", "1", "0.5", "1e3", "1e999", '"1"', "null", "9007199254740991", "9007199254740992"),
  fc.nat().map(String),
);
const version = fc.oneof(
  fc.constantFrom('"v1"', '"v2"', '"v02"', '"v0"', '"V1"', '"1"', '"v999999999"', '"v9999999999"', '"v1 "', '"vv1"'),
  fc.constantFrom('"latest"', '"working"', '""'),
);
const members = (key: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(key, value), { maxLength: 3 }).map((all) => `{${all.map((member) => member.join(":")).join(",")}}`);
const target = fc.oneof(version, members(version, weight), fc.constantFrom("1", "null", "[]", "true", '["v1"]'));
const entry = fc.oneof({ weight: 9, arbitrary: members(fc.constantFrom('"production"', '"dev"'), target) }, target);
const document = fc.oneof(
  { weight: 9, arbitrary: members(fc.constantFrom('"greet"', '"a/b"', '"gr\\u0065et"'), entry) },
  entry,
  fc.json(),
);

it("accepts what a document at run time may contain, with the same meaning", () => {
  fc.assert(
    fc.property(document, (text) => {
      const { prompts, diagnostics } = parseAliases(text);
      const parsed = prompts.flatMap(({ name, pointers }) =>
        pointers.map(({ alias, target: { kind, ...rest } }) => [name, alias, kind, rest] as const),
      );
      let read: unknown[] | undefined;
      try {
        read = readPointers(parseStrictJson(text)).pointers.map(({ name, alias, target: to }) => {
          if (typeof to === "string") return [name, alias, to, {}];
          const [only] = to;
          const isSplit = to.length > 1 || text.includes(`"v${only?.version}":`);
          return [name, alias, isSplit ? "split" : "version", isSplit ? { arms: to } : { version: only?.version }];
        });
      } catch {}
      // A warning about a document is none here.
      const isWrong = diagnostics.some(({ severity }) => severity === "error");
      expect(read !== undefined).toBe(!isWrong);
      if (read !== undefined)
        expect(parsed.map(withoutKind).sort()).toEqual((read as typeof parsed).map(withoutKind).sort());
    }),
    { seed: 1, numRuns: 3_000 },
  );
});

/** A split of one version is the version. */
function withoutKind([name, alias, kind, rest]: readonly [string, string, string, object]): string {
  const arms = "arms" in rest ? (rest.arms as readonly { readonly version: number }[]) : [];
  const [only] = arms;
  return JSON.stringify(
    arms.length === 1 && only ? [name, alias, "version", { version: only.version }] : [name, alias, kind, rest],
  );
}
