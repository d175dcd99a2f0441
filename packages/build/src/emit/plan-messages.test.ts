// Template → the messages that it alone determines.

import { describe, expect, it } from "vitest";
import { parseTemplate } from "../parse/parse-template.js";
import type { Node } from "../template/ir.js";
import { lowerTemplate } from "../template/lower.js";
import { SourceText } from "../text/source-text.js";
import { planMessages } from "./plan-messages.js";

/** The messages in short: `system[text] history user[text media]`. */
function plan(text: string): string | undefined {
  const source = new SourceText("p.md", text, 0);
  const ast = parseTemplate(source).value;
  const partials = { find: () => undefined, candidates: () => [], names: [] };
  const template = ast && lowerTemplate(ast, source, { partials, helpers: new Map() }).value;
  if (template === undefined) throw new Error(`this does not compile: ${text}`);
  return planMessages(template)
    ?.map((message) => (message === "history" ? message : `${message.role}[${message.parts.map(show).join(" ")}]`))
    .join(" ");
}

function show(part: { readonly kind: string; readonly nodes?: readonly Node[] }): string {
  return part.nodes === undefined ? part.kind : part.nodes.map(({ kind }) => kind).join("+");
}

describe("planMessages", () => {
  it.each([
    ["a text before any role is the user's", "Hi {{name}}", "history user[text+output]"],
    ["roles", '{{role "system"}}A{{role "user"}}B', "system[text] history user[text]"],
    [
      "a history before the last user message",
      '{{role "user"}}A{{role "assistant"}}B',
      "history user[text] assistant[text]",
    ],
    [
      "a history before the last question, after examples",
      '{{role "system"}}S{{role "user"}}A{{role "assistant"}}B{{role "user"}}C{{role "assistant"}}D{{role "tool"}}E',
      "system[text] user[text] assistant[text] history user[text] assistant[text] tool[text]",
    ],
    [
      "a history last, where there is no user message",
      '{{role "system"}}A{{role "assistant"}}B',
      "system[text] assistant[text] history",
    ],
    [
      "a history where the template places it",
      '{{role "user"}}A{{history}}{{role "user"}}B',
      "user[text] history user[text]",
    ],
    ["blank text makes no message", '{{role "system"}} \n{{role "user"}}B', "history user[text]"],
    [
      "a value makes a message, whatever it is",
      '{{role "system"}}{{a}}{{role "user"}}B',
      "system[output] history user[text]",
    ],
    ["media is a part of its own", '{{role "user"}}A{{media url=a}}B', "history user[text media text]"],
    [
      "blank text between two media is dropped",
      '{{role "user"}}{{media url=a}} {{media url=b}}',
      "history user[media media]",
    ],
    ["a section's text joins the text around it", '{{role "user"}}A{{section "b"}}C', "history user[text+slot+text]"],
    ["a condition within a text", '{{role "user"}}A{{#if b}}B{{/if}}', "history user[text+if]"],
    ["a condition that is all of a message", '{{role "user"}}{{#if b}}B{{/if}}', undefined],
    ["a role in a condition", '{{#if a}}{{role "system"}}B{{/if}}C', undefined],
    ["a role in a loop", '{{#each a}}{{role "user"}}{{this}}{{/each}}', undefined],
  ])("%s", (_, template, expected) => {
    expect(plan(template)).toBe(expected);
  });
});
