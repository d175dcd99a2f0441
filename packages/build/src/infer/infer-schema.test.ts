// The input types that are inferred from a template, as the TypeScript that a caller sees.

import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";
import { declareType } from "../emit/type-of-schema.js";
import type { HelperSignature } from "../language/helper-signature.js";

const HELPERS: readonly HelperSignature[] = [
  { name: "upper", positional: [{ name: "text", type: ["string"], optional: false }], named: [], returns: ["string"] },
  {
    name: "join",
    positional: [
      { name: "list", type: ["array"], optional: false },
      { name: "by", type: ["string", "undefined"], optional: true },
    ],
    named: [{ name: "last", type: ["string"], optional: false }],
    returns: ["string"],
  },
  { name: "not", positional: [{ name: "value", type: "any", optional: false }], named: [], returns: ["boolean"] },
];

function inferred(template: string, partials?: Record<string, string>): string {
  const { content } = compileText(template, partials, new Map(HELPERS.map((helper) => [helper.name, helper])));
  if (content === undefined) return "nothing";
  return declareType("I", content.inputType)
    .replace(/\s+/g, " ")
    .replaceAll(/export interface (\w+) \{/g, "$1 = {")
    .replaceAll(/export type ([^;]*);/g, "$1")
    .trim();
}

describe("without a schema the input's type", () => {
  it.each([
    ["{{a}}", "{ a: string | number; }"],
    ["{{untrusted a}}", "{ a: MaybeUntrusted<string | number>; }"],
    ["{{a}}{{untrusted a}}{{b}}", "{ a: MaybeUntrusted<string | number>; b: string | number; }"],
    ["{{#if a}}{{untrusted a}}{{/if}}", "{ a?: MaybeUntrusted<string | number> | undefined; }"],
    ["{{#if (not (untrusted a))}}x{{/if}}", "{ a?: MaybeUntrusted<string | number> | undefined; }"],
    ["{{#each a}}{{untrusted b}}{{/each}}", "{ a: readonly { b: MaybeUntrusted<string | number>; }[]; }"],
    ["{{untrusted (upper a)}}", "{ a: string; }"],
    ["{{untrusted}}", "{ untrusted: string | number; }"],
    ["{{#untrusted}}x{{/untrusted}}", "{ untrusted?: unknown; }"],
    ["{{#if a}}{{a}}{{/if}}", "{ a?: string | number | undefined; }"],
    ["{{#if a}}yes{{/if}}", "{ a?: unknown; }"],
    ["{{#if a}}yes{{/if}} {{a}}", "{ a: string | number; }"],
    ["{{#if a}}yes{{/if}} {{a.b}}", "{ a: { b: string | number; }; }"],
    ["{{#if a}}{{a.b}}{{/if}}", "{ a?: { b: string | number; } | undefined; }"],
    ["{{#if a.b}}{{a.b}}{{/if}}", "{ a?: { b?: string | number | undefined; } | undefined; }"],
    ["{{#if a}}{{a.b.c}}{{/if}}", "{ a?: { b: { c: string | number; }; } | undefined; }"],
    ["{{#unless a}}{{b}}{{/unless}}", "{ a?: unknown; b: string | number; }"],
    ["{{#each a}}{{this}}{{/each}}", "{ a: readonly (string | number)[]; }"],
    [
      "{{#each a}}{{b}}{{#if c}}{{c}}{{/if}}{{/each}}",
      "{ a: readonly { b: string | number; c?: string | number | undefined; }[]; }",
    ],
    ["{{#if a}}{{#each a}}{{this}}{{/each}}{{/if}}", "{ a?: readonly (string | number)[] | undefined; }"],
    ["{{#each a as |b|}}{{b.c}}{{../d}}{{/each}}", "{ a: readonly { c: string | number; }[]; d: string | number; }"],
    [
      "{{#each a}}{{@key}}{{this}}{{/each}}",
      "{ a: readonly (string | number)[] | { [key: string]: string | number }; }",
    ],
    ["{{#with a}}{{b}}{{/with}}", "{ a?: { b: string | number; } | undefined; }"],
    ["{{a.length}}{{#each a}}{{this}}{{/each}}", "{ a: readonly (string | number)[]; }"],
    ["{{lookup a b}}", "{ a: unknown; b: string | number; }"],
    ["{{> p x=a}}", "{ a: string | number; }"],
    ["{{> p q}}", "{ q: { x: string | number; }; }"],
    ["{{#if a.b}}{{a.c}}{{/if}}", "{ a?: { b?: unknown; c: string | number; } | undefined; }"],
    ["{{#if (lookup a b)}}x{{/if}}", "{ a?: unknown; b?: string | number | undefined; }"],
    ["{{lookup a 'b'}}", "{ a: { b: string | number; }; }"],
    ["{{json a}}", "{ a: unknown; }"],
    ["{{#if a}}{{json a}}{{/if}}", "{ a?: unknown; }"],
    ["{{json a}}{{a.b}}", "{ a: { b: string | number; }; }"],
    ['{{#ifEquals a "x"}}y{{/ifEquals}}', "{ a?: string | undefined; }"],
    ['{{#ifEquals a "x"}}{{b}}{{/ifEquals}}{{a}}', "{ a: string; b: string | number; }"],
    ['{{#ifEquals a "x"}}{{a}}{{/ifEquals}}', "{ a?: string | undefined; }"],
    ["{{#unlessEquals 3 a}}y{{/unlessEquals}}", "{ a?: number | undefined; }"],
    ['{{#ifEquals a "x"}}{{else}}{{#ifEquals a 3}}{{/ifEquals}}{{/ifEquals}}', "{ a?: string | number | undefined; }"],
    ["{{#ifEquals a null}}none{{else}}{{a}}{{/ifEquals}}", "{ a?: string | number | null | undefined; }"],
    ["{{#ifEquals a b}}y{{/ifEquals}}", "{ a?: unknown; b?: unknown; }"],
    ["{{media url=a}}", "{ a: string; }"],
    ["{{#if a}}{{media url=a contentType=b}}{{/if}}", "{ a?: string | undefined; b: string; }"],
    ["{{section 'a'}}", "{ }"],
    ["{{upper a}}", "{ a: string; }"],
    ["{{upper a}}{{a}}", "{ a: string; }"],
    ["{{#if a}}{{upper a}}{{/if}}", "{ a?: string | undefined; }"],
    ["{{#if (upper a)}}{{a}}{{/if}}", "{ a: string; }"],
    ["{{#if (not a)}}none{{else}}{{a}}{{/if}}", "{ a?: string | number | undefined; }"],
    ["{{not a}}{{not b.c}}", "{ a: unknown; b: { c: unknown; }; }"],
    ["{{join a b last=c}}", "{ a: readonly unknown[]; b?: string | undefined; c: string; }"],
    ["{{join a last='x'}}{{#each a}}{{b}}{{/each}}", "{ a: readonly { b: string | number; }[]; }"],
    ["{{#a}}x{{/a}}", "{ a?: unknown; }"],
    ["{{^a}}x{{/a}}", "{ a?: unknown; }"],
    [
      "{{#a}}{{b}}{{/a}}",
      "{ a?: boolean | readonly { b: string | number; }[] | { b: string | number; } | undefined; b?: string | number | undefined; }",
    ],
    ["{{#a}}{{this}}{{/a}}", "{ a?: boolean | readonly (string | number)[] | string | number | undefined; }"],
    [
      "{{#each l}}{{#a}}{{b.c}}{{/a}}{{b.d}}{{/each}}",
      "{ l: readonly { a?: boolean | readonly { b: { c: string | number; }; }[] | { b: { c: string | number; }; } | undefined; b: { c: string | number; d: string | number; }; }[]; }",
    ],
    [
      "{{#each t}}{{> tree}}{{/each}}",
      "{ t: readonly { name: string | number; children: readonly ITree[]; }[]; } ITree = { name: string | number; children: readonly ITree[]; }",
    ],
    [
      "{{> chain c}}",
      "{ c: { v: string | number; next?: IChain | undefined; }; } IChain = { v: string | number; next?: IChain | undefined; }",
    ],
    [
      "{{> even}}",
      "{ a: string | number; o?: { b: string | number; e?: IEven | undefined; } | undefined; } IEven = { a: string | number; o?: { b: string | number; e?: IEven | undefined; } | undefined; }",
    ],
    ["{{> nested list}}", "{ list: readonly INested[]; } INested = readonly INested[]"],
    ["{{#if a}}{{> p a}}{{/if}}", "{ a?: { x: string | number; } | undefined; }"],
    ["{{#if q}}y{{/if}}{{> p q}}", "{ q: { x: string | number; }; }"],
    ["{{#if q}}{{> p q}}{{/if}}", "{ q?: { x: string | number; } | undefined; }"],
    ["{{> asks q.r}}", "{ q?: { r?: { x?: string | number | undefined; } | undefined; } | undefined; }"],
    ["{{#each a}}{{b}}{{/each}}{{a.[0].c}}", "{ a: readonly { b: string | number; c: string | number; }[]; }"],
    ["{{#each a}}{{this}}{{/each}}{{a.b}}", "{ a: readonly (string | number)[] | { b: string | number; }; }"],
    ["{{a}}{{a.[0]}}", "{ a: string | number | readonly unknown[]; }"],
    ["{{a.[0].b}}", "{ a: unknown; }"],
    ["plain", "{ }"],
  ])("of %s is %s", (template, type) => {
    const partials = {
      p: "{{x}}",
      asks: "{{#if x}}{{x}}{{/if}}",
      tree: "{{name}}{{#each children}}{{> tree}}{{/each}}",
      chain: "{{v}}{{#if next}}{{> chain next}}{{/if}}",
      even: "{{a}}{{#if o}}{{> odd o}}{{/if}}",
      odd: "{{b}}{{#if e}}{{> even e}}{{/if}}",
      nested: "{{#each this}}{{> nested}}{{/each}}",
    };
    expect(inferred(template, partials).replace("{ [key: string]: unknown }", "{ }")).toBe(`I = ${type}`);
  });
});
