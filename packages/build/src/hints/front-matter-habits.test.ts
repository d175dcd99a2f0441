// Front matter as other tools write it: keys that belong elsewhere, and values of another kind.

import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

function hints(frontMatter: string): string[] {
  return compileText(`---\n${frontMatter}\n---\nHello`)
    .diagnostics.filter(({ code }) => code.startsWith("front-matter/"))
    .map(({ code, hint }) => hint ?? code);
}

const OWN_KEY = 'put your own data under `metadata`, or name the key in "metadataKeys" in cuecard.config.json';
const KEPT_MODEL = 'to keep it in `metadata`, add "model" to "metadataKeys"';

it.each([
  [
    "description: Fixes #12",
    '"#12" is a comment, and not part of the value — if it belongs to the text, put the text in quotes: "Fixes #12"; otherwise, write a space after #',
  ],
  ["description: C# and F#", undefined],
  ["description: Fixes it # see 12", undefined],
  ['description: "Fixes #12"', undefined],
  ["description: |\n  Fixes #12", undefined],
  [
    "tags: { team: a #b\n  }",
    '"#b" is a comment, and not part of the value — if it belongs to the text, put the text in quotes: "a #b"; otherwise, write a space after #',
  ],
])("a text that ends before a comment: %j", (head, expected) => {
  const found = compileText(`---\n${head}\n---\nHi\n`).diagnostics;
  expect(found.map(({ code }) => code)).toEqual(expected === undefined ? [] : ["front-matter/cut-text"]);
  expect(found.map(({ message, hint }) => `${message} — ${hint}`)).toEqual(expected === undefined ? [] : [expected]);
});

describe("front matter of other tools", () => {
  it.each([
    ["temperature: 0.2", "write config: { temperature: 0.2 }"],
    ["temp: 0.2", "write config: { temperature: 0.2 }"],
    ["top_p: 0.9", "write config: { topP: 0.9 }"],
    ["topK: 40", "write config: { topK: 40 }"],
    ["max_tokens: 800", "write config: { maxOutputTokens: 800 }"],
    ["maxOutputTokens: 800", "write config: { maxOutputTokens: 800 }"],
    ["max_completion_tokens: 800", "write config: { maxOutputTokens: 800 }"],
    ['stop: ["\\n"]', 'write config: { stopSequences: ["\\n"] }'],
    ["stop_sequences: [END]", "write config: { stopSequences: [END] }"],
    ["seed: 7", "write config: { seed: 7 }"],
    ["frequency_penalty: 0.1", "write config: { frequencyPenalty: 0.1 }"],
    ["parameters: { temperature: 0.2, max_tokens: 800 }", "write config: { temperature: 0.2, maxOutputTokens: 800 }"],
    ["parameters: { name: string }", "write input: { schema: { name: string } }"],
    ["modelParameters: { max_tokens: 800 }", "write config: { maxOutputTokens: 800 }"],
    ["settings: { top_p: 1 }", "write config: { topP: 1 }"],
    ["options: { temperature: 0 }", "write config: { temperature: 0 }"],
    ["schema: { name: string }", "write input: { schema: { name: string } }"],
    ["variables: { name: string }", "write input: { schema: { name: string } }"],
    ["variables: [name, topic]", "write input: { schema: { name: string, topic: string } }"],
    ["vars: name", "write the variables as input: { schema: { name: string } }"],
    ["inputs: { name: string }", "write input: { schema: { name: string } }"],
    ["inputs: { name: { type: string } }", "write input: { schema: { name: string } }"],
    [
      "inputs: [{ name: q, type: string, description: the question }, { name: n, kind: integer, default: 1 }, { name: r }]",
      'write input: { schema: { q: "string, the question", n: integer, r: string } }',
    ],
    [
      "inputs: { type: object, properties: { q: {} } }",
      "write input: { schema: { type: object, properties: { q: {} } } }",
    ],
    ["input_variables: [a, b]", "write input: { schema: { a: string, b: string } }"],
    ["inputs: { schema: { name: string } }", 'did you mean "input"?'],
    ["input_variables: [name]", "write input: { schema: { name: string } }"],
    ["args: { name: string }", "write input: { schema: { name: string } }"],
    ["default: { name: Ada }", "write input: { default: { name: Ada } }"],
    ["defaults: { name: Ada }", "write input: { default: { name: Ada } }"],
    ["output_schema: { answer: string }", "write output: { format: json, schema: { answer: string } }"],
    ["outputs: { answer: string }", "write output: { format: json, schema: { answer: string } }"],
    ["outputs: { a: { type: string } }", "write output: { format: json, schema: { a: string } }"],
    ["inputSchema: { properties: [{ name: q, kind: string }] }", "write input: { schema: { q: string } }"],
    ["template: { format: jinja2, parser: prompty }", "remove it: templates are Handlebars"],
    ["sample: { q: x }", "write examples: [{ name: sample, input: { q: x } }]"],
    ["json_schema: { type: object }", "write output: { format: json, schema: { type: object } }"],
    ["response_format: json_object", "write output: { format: json }"],
    ["response_format: { type: json_schema }", "write output: { format: json }"],
    ["format: json", "write output: { format: json }"],
    [
      "messages: [{ role: system, content: Be kind. }]",
      'write the messages below the front matter, each after {{role "system"}}, {{role "user"}} or {{role "assistant"}}',
    ],
    ["system: You are kind.", 'write the text below the front matter, after {{role "system"}}'],
    ["system_prompt: You are kind.", 'write the text below the front matter, after {{role "system"}}'],
    ["systemPrompt: You are kind.", 'write the text below the front matter, after {{role "system"}}'],
    ['user: "Hello"', 'write the text below the front matter, after {{role "user"}} on a line of its own'],
    [
      "role: system",
      'write {{role "system"}}, {{role "user"}} or {{role "assistant"}} before each message, below the front matter',
    ],
    ["template: Hello", "write the text of the prompt below the front matter"],
    ["prompt: Hello", "write the text of the prompt below the front matter"],
    ["content: Hello", "write the text of the prompt below the front matter"],
    ["text: Hello", "write the text of the prompt below the front matter"],
    ["summary: Greets", 'did you mean "description"?'],
    ["model_name: gpt-4o", "write model: gpt-4o"],
    ["llm: gpt-4o", "write model: gpt-4o"],
    ["models: [gpt-4o, gpt-4o-mini]", "write model: gpt-4o"],
    ["functions: [search]", 'did you mean "tools"?'],
    ["allowed_tools: Read", 'did you mean "tools"?'],
    ["labels: [a]", 'did you mean "tags"?'],
    ["samples: []", 'did you mean "examples"?'],
    ["few_shot: []", 'did you mean "examples"?'],
    ["previous_name: hello", 'did you mean "renamed_from"?'],
    ["alias: production", "aliases are in aliases.json: run `cuecard alias set`"],
    ["env: production", "environments are aliases in aliases.json: run `cuecard alias set`"],
    ["notes: First", "a version's notes are its tag's message: `cuecard release` asks for them"],
    ["partials: [header]", "include partials in the template: {{> name}}"],
    ["helpers: ./helpers.ts", 'set "helpers" in cuecard.config.json to the module with your helpers'],
    ["id: greet", "remove it: a prompt's name is its path in the prompts folder"],
    ["template_format: jinja2", "remove it: templates are Handlebars"],
    ["mode: agent", 'if GitHub Copilot reads this file, add "copilot" to "metadataKeys" in cuecard.config.json'],
    ['globs: "**/*.ts"', 'if Cursor reads this file, add "cursor" to "metadataKeys" in cuecard.config.json'],
    [
      "maxTurns: 3",
      'if Claude Code or Genkit reads this file, add "claude" or "genkit" to "metadataKeys" in cuecard.config.json',
    ],
    [
      "arguments: [issue]",
      'if Claude Code reads this file, add "claude" to "metadataKeys" in cuecard.config.json; if not, write input: { schema: { issue: string } }',
    ],
    ["owner: finance", OWN_KEY],
    ["author: Ada", OWN_KEY],
    ["title: Greeting", OWN_KEY],
    ["mcp: { server: x }", OWN_KEY],
    ["tol: [search]", OWN_KEY],
    ["descripton: x", 'did you mean "description"?'],
    ["desciption: x", 'did you mean "description"?'],
    ["Description: x", 'did you mean "description"?'],
    ["modle: x", 'did you mean "model"?'],
    ["tag: a", 'did you mean "tags"?'],
    ["input: { name: string }", "variables belong in input.schema: write input: { schema: { name: string } }"],
    [
      "input: { type: object, properties: { name: { type: string } } }",
      "variables belong in input.schema: write input: { schema: { type: object, properties: { name: { type: string } } } }",
    ],
    ["input: { variables: { name: string } }", 'did you mean "schema"?'],
    ["input: { defaults: { name: Ada } }", 'did you mean "default"?'],
    ["input: { examples: [] }", "move examples to the top level, next to input"],
    ["input: [name, topic]", "write input: { schema: { name: string, topic: string } }"],
    ["input: name", "write the variables as input: { schema: { name: string } }"],
    ["input: { schema: [name, topic] }", "write input: { schema: { name: string, topic: string } }"],
    ["input: { default: Ada }", "write the values by variable: { name: Ada }"],
    ["output: json", "write output: { format: json }"],
    ["output: JSON object", "for example, output: { format: json }"],
    [
      "output: { answer: string }",
      "the members of the answer belong in output.schema: write output: { schema: { answer: string } }",
    ],
    ["output: { type: json }", "write output: { format: json }"],
    ["output: { temperature: 0 }", "write config: { temperature: 0 }"],
    ["output: { format: [json] }", "write output: { format: json }"],
    ["output: { schema: [answer] }", "list the members of the answer: { answer: string }"],
    [
      "model: { name: gpt-4o, temperature: 0.2 }",
      `write one model's name: model: gpt-4o; put its settings in config; ${KEPT_MODEL}`,
    ],
    ["model: [gpt-4o, gpt-4o-mini]", `write one model's name: model: gpt-4o; ${KEPT_MODEL}`],
    [
      "model: { api: chat, configuration: { type: azure_openai, azure_deployment: gpt-4o } }",
      `write one model's name: model: gpt-4o; put its settings in config; ${KEPT_MODEL}`,
    ],
    ["model: true", "write one model's name: model: anthropic/claude-sonnet-4"],
    ["tools: { search: true, edit: false }", "write tools: [search]"],
    ["tools: { search: { description: Searches } }", "write a list: tools: [{ name: search }]"],
    ["tags: { team: [a, b] }", "write team: a, b"],
    ["tags: { team: { name: a } }", "a tag's value is text, a number, or true or false"],
    ["config: 0.2", "for example, config: { temperature: 0.2 }"],
    ["config: [temperature]", "for example, config: { temperature: 0.2 }"],
    ["metadata: finance", "for example, metadata: { owner: finance }"],
    ["examples: { name: one, input: { q: Why? } }", "write a list: examples: [{ name: one, input: { q: Why? } }]"],
    ["examples: { one: { q: Why? } }", "write a list: examples: [{ name: one, input: { q: Why? } }]"],
    ["examples: Why?", "write a list: examples: [{ name: a question, input: { query: … } }]"],
    ["examples: [Why?]", 'write { name: "…", input: { … } }'],
    ["examples: [{ name: one, input: { q: Why? }, output: Because. }]", 'did you mean "expected"?'],
    [
      "examples: [{ name: one, assert: [{ type: equals }] }]",
      "write what the rendered text contains as expect: { contains: … }; assertions about the answer stay with your evaluations",
    ],
    ["tags: [{ team: finops }]", "write tags: { team: finops }"],
    ["tags: [[a]]", "write each tag as text: tags: [billing, draft]"],
    ["examples: [{ name: one, inputs: { q: Why? } }]", 'did you mean "input"?'],
    ["examples: [{ name: true, input: { q: Why? } }]", 'write name: "true"'],
    ["examples: [{ title: one }]", "name it: { name: …, input: { title: one } }"],
    ["description: [draft]", 'put the text in quotes: description: "…"'],
    ["description: true", 'put it in quotes: description: "true"'],
    ["description: { a: b }", 'put the text in quotes: description: "…"'],
    ["renamed_from: { old: hello }", "for example, renamed_from: hello"],
    ["toolDefs: [search]", "write tools: [search]; or write a definition as an object"],
    ["toolDefs: search", "for example, toolDefs: [{ name: search, inputSchema: { query: string } }]"],
    ["input: { examples: [] , nme: string }", "move examples to the top level, next to input"],
  ])("%s", (frontMatter, expected) => {
    const [first] = hints(frontMatter);
    expect(first).toBe(expected);
    const [, suggested] = /^(?:[^:{]*: )?write ([a-z_A-Z]+: [^…;]*)$/.exec(expected) ?? [];
    if (suggested !== undefined && !frontMatter.startsWith("tags: { team"))
      expect([suggested, ...hints(suggested)]).toEqual([suggested]);
  });
});
