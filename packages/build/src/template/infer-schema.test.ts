// What a template's uses of its variables say of their types, as the TypeScript a caller would see.

import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

function inferred(template: string, partials?: Record<string, string>): string {
  return (compileText(template, partials).content?.inputType.text ?? "nothing").replace(/\s+/g, " ");
}

describe("without a schema the input's type", () => {
  it.each([
    ["{{a}}", "{ a: string | number; }"],
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
    ["plain", "{ }"],
  ])("of %s is %s", (template, type) => {
    const shown = inferred(template, { p: "{{x}}" });
    expect(shown === "{ [key: string]: unknown }" ? "{ }" : shown).toBe(type);
  });
});
