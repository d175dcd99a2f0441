// Template → whether every input gives a system message. What is rendered without any input is the check.

import { describe, expect, it } from "vitest";
import { compileText, renderFunction } from "../../test/render.js";

describe("presenceOfSystem", () => {
  it.each([
    ["Hello {{name}}", "never"],
    ['{{role "user"}}Hello', "never"],
    ['{{role "system"}}Be kind.{{role "user"}}{{query}}', "always"],
    ['{{role "system"}}{{rules}}{{role "user"}}{{query}}', "always"],
    ['{{role "system"}}{{section "rules"}}', "always"],
    ['{{role "system"}}\n{{#if rules}}{{rules}}{{/if}}\n{{role "user"}}{{query}}', "sometimes"],
    ['{{role "system"}}{{#if rules}}{{rules}}{{else}}Be kind.{{/if}}', "always"],
    ['{{role "system"}}{{#each rules}}{{this}}{{/each}}', "sometimes"],
    ['{{role "system"}}{{#each rules}}{{this}}{{else}}Be kind.{{/each}}', "always"],
    ['{{#if strict}}{{role "system"}}Be strict.{{/if}}', "sometimes"],
    ['{{#if strict}}{{role "system"}}{{else}}{{role "system"}}{{/if}}Be kind.', "always"],
    ['{{#if strict}}{{role "system"}}{{/if}}Be kind.', "sometimes"],
    ['{{#if strict}}{{role "system"}}A{{else}}{{role "system"}}B{{/if}}', "always"],
    ['{{role "system"}}{{history}}Be kind.', "sometimes"],
    ['{{role "system"}}{{#with user}}{{name}}{{/with}}', "sometimes"],
    ['{{role "system"}}   ', "sometimes"],
  ])("%s: %s", (text, presence) => {
    const { content } = compileText(text);
    expect(content?.system).toBe(presence);
    const messages: unknown = content && renderFunction(content)({}, {});
    expect(JSON.stringify(messages).includes('"system"')).toBe(presence === "always");
  });
});
