// Reviews of small branches, as Markdown and as JSON: each scenario has its reports in reviews/. Read them when they change.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createProject, type TestRepository } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { openRegistry } from "../src/index.js";
import { undefinedToNull } from "../src/report/json.js";
import { describeReview } from "../src/review/describe-review.js";
import { formatMarkdown } from "../src/review/format-markdown.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const GREET = `---
model: openai/gpt-5
input:
  schema:
    name: string
    mood?(enum): [happy, sad]
examples:
  - name: Ada
    input: { name: Ada }
---
Greet {{name}}{{#if mood}} in a {{mood}} way{{/if}}. {{> tone}}
`;

const ANSWER = `---
input: { schema: { question: string } }
examples: [{ name: a fee, input: { question: Why a fee? } }]
output: { schema: { answer: string } }
tools: [search]
---
{{role "system"}}
You answer questions about bills. {{> tone}}
{{role "user"}}
{{question}}
`;

const FILES = {
  "prompts/greet.md": GREET,
  "prompts/answer.md": ANSWER,
  "prompts/_tone.md": "Be kind.\n",
  "aliases.json": '{\n  "greet": { "production": "v1" },\n  "answer": { "production": "v1", "staging": "v1" }\n}\n',
  "packages/prompts/package.json": '{ "name": "@acme/prompts" }\n',
  "src/app.ts":
    'import { load } from "@acme/prompts";\nload("greet", "production").format({ name: "Ada" });\nload("answer", "staging");\n',
};

interface Branch extends Omit<TestRepository, "release"> {
  /** Replaces a text in a file. */
  edit(file: string, from: string | RegExp, to: string): void;
  /** Commits, and releases a version. */
  release(tag: string, notes: string): void;
}

const ALIASES = "aliases.json";
const GREET_FILE = "prompts/greet.md";
const ANSWER_FILE = "prompts/answer.md";

const SCENARIOS: Readonly<Record<string, (branch: Branch) => void>> = {
  nothing: () => {},
  "a word": ({ edit }) => edit(GREET_FILE, "Greet", "Welcome"),
  "a partial of two prompts": ({ edit }) => edit("prompts/_tone.md", "kind", "brief"),
  "an optional input": ({ edit }) => edit(GREET_FILE, "    name: string", "    name: string\n    place?: string"),
  "a required input": ({ edit }) => {
    edit(GREET_FILE, "    name: string", "    name: string\n    place: string");
    edit(GREET_FILE, "input: { name: Ada }", "input: { name: Ada, place: Rome }");
    edit(GREET_FILE, "Greet {{name}}", "Greet {{name}} of {{place}}");
  },
  "a removed input": ({ edit }) => {
    edit(GREET_FILE, "    mood?(enum): [happy, sad]\n", "");
    edit(GREET_FILE, "{{#if mood}} in a {{mood}} way{{/if}}", "");
  },
  "a narrower enum": ({ edit }) => edit(GREET_FILE, "[happy, sad]", "[happy]"),
  "a wider enum": ({ edit }) => edit(GREET_FILE, "[happy, sad]", "[happy, sad, calm]"),
  "another model and settings": ({ edit }) =>
    edit(GREET_FILE, "openai/gpt-5", "acme/large\nconfig: { temperature: 0.2 }"),
  "an answer without a member": ({ edit }) => edit(ANSWER_FILE, "{ answer: string }", "{ text: string }"),
  "another tool": ({ edit }) => edit(ANSWER_FILE, "[search]", "[search, lookup]"),
  "a message more": ({ edit }) => edit(ANSWER_FILE, '{{role "user"}}', '{{role "model"}}\nAsk me.\n{{role "user"}}'),
  "text instead of messages": ({ write }) =>
    void write(ANSWER_FILE, "---\ninput: { schema: { question: string } }\n---\n{{question}}\n"),
  "a variable at the beginning": ({ edit }) =>
    edit(ANSWER_FILE, "You answer questions", "{{question}}: you answer questions"),
  "only layout": ({ edit }) => edit(GREET_FILE, "Greet {{name}}", "Greet   {{ name }}"),
  "only an example": ({ edit }) =>
    edit(GREET_FILE, "  - name: Ada\n", "  - name: Bob\n    input: { name: Bob }\n  - name: Ada\n"),
  "an example less": ({ edit }) =>
    edit(ANSWER_FILE, "examples: [{ name: a fee, input: { question: Why a fee? } }]\n", ""),
  "a new prompt": ({ write }) =>
    void write("prompts/new.md", "---\nexamples: [{ name: one, input: { x: 1 } }]\n---\nSay {{x}}\n"),
  "a renamed prompt": ({ git, edit }) => {
    git("mv", GREET_FILE, "prompts/welcome.md");
    edit("prompts/welcome.md", "---\nmodel", "---\nrenamed_from: greet\nmodel");
    edit(ALIASES, '"greet": { "production": "v1" },', '"welcome": { "production": "working" },');
  },
  "a deleted prompt": ({ git, edit }) => {
    git("rm", "--quiet", GREET_FILE);
    edit(ALIASES, '  "greet": { "production": "v1" },\n', "");
  },
  "a prompt that does not compile": ({ edit }) => edit(GREET_FILE, "{{name}}", "{{#if name}}"),
  "a prompt that did not compile": ({ edit, commit, git }) => {
    edit(GREET_FILE, "{{name}}", "{{#if name}}");
    commit("Break");
    git("branch", "--force", "main");
    edit(GREET_FILE, "{{#if name}}", "{{name}}");
  },
  "a promotion": ({ edit, release }) => {
    edit(GREET_FILE, "Greet", "Welcome");
    release("greet@v2", "Says welcome");
    edit(ALIASES, '"greet": { "production": "v1" }', '"greet": { "production": "v2" }');
  },
  "a promotion over two versions with scores": ({ edit, release, write }) => {
    edit(GREET_FILE, "Greet", "Welcome");
    release("greet@v2", "Says welcome");
    edit(GREET_FILE, "Welcome", "Hail");
    release("greet@v3", "Says hail");
    const score = (version: string, value: number) => `${JSON.stringify({ version, metric: "accuracy", value })}\n`;
    write("prompts/greet.scores.jsonl", score("v1", 0.8) + score("v3", 0.9));
    edit(ALIASES, '"greet": { "production": "v1" }', '"greet": { "production": "v3" }');
  },
  "a breaking promotion": ({ edit, release }) => {
    edit(GREET_FILE, "    name: string", "    name: string\n    place: string");
    edit(GREET_FILE, "input: { name: Ada }", "input: { name: Ada, place: Rome }");
    edit(GREET_FILE, "Greet {{name}}", "Greet {{name}} of {{place}}");
    release("greet@v2", "Names the place");
    edit(ALIASES, '"greet": { "production": "v1" }', '"greet": { "production": "v2" }');
  },
  "a canary": ({ edit, release }) => {
    edit(GREET_FILE, "Greet", "Welcome");
    release("greet@v2", "Says welcome");
    edit(ALIASES, '"greet": { "production": "v1" }', '"greet": { "production": { "v1": 90, "v2": 10 } }');
  },
  "a rollback": ({ edit, release, commit, git }) => {
    edit(GREET_FILE, "Greet", "Welcome");
    release("greet@v2", "Says welcome");
    edit(ALIASES, '"greet": { "production": "v1" }', '"greet": { "production": "v2" }');
    commit("Promote");
    git("branch", "--force", "main");
    edit(ALIASES, '"greet": { "production": "v2" }', '"greet": { "production": "v1" }');
  },
  "a new and a deleted alias": ({ edit }) =>
    edit(ALIASES, '"production": "v1", "staging": "v1"', '"production": "v1", "canary": "v1"'),
  "aliases with a mistake": ({ write }) => void write(ALIASES, '{ "greet": { "production": "v1", '),
  "a budget that is exceeded": ({ edit }) => edit(GREET_FILE, "---\n", "---\nbudget: { tokens: 5 }\n"),
  "new lines of the lock": ({ edit, release, git, write }) => {
    edit(GREET_FILE, "Greet", "Welcome");
    release("greet@v2", "Says welcome");
    const digest = `sha256-${"A".repeat(43)}=`;
    write("prompts.lock", `greet@v2 ${git("rev-parse", "HEAD").trim()} ${digest} "Says welcome" retired "Too warm"\n`);
  },
  "text that tries to get out": ({ write }) =>
    void write(
      "prompts/evil.md",
      '---\ndescription: "</details> <script>alert(1)</script> @everyone ![x](https://evil.example/x.png)"\nexamples:\n  - name: "</summary></details>`@ada` #1"\n    input: { x: "</pre><img src=x onerror=alert(1)> ```\\n::error::x\\n@everyone" }\n---\n</pre></details><script>alert(1)</script>\n```\n::error::owned\n@everyone #1 {{x}}\n',
    ),
  "a helper of the project": ({ write, edit }) => {
    write("cuecard.config.json", '{ "helpers": "helpers.ts" }');
    write("helpers.ts", "export function loud(text: string): string { return text.toUpperCase(); }\n");
    edit(GREET_FILE, "{{name}}", "{{loud name}}");
  },
  "a named schema": ({ write, edit }) => {
    write("prompts/schemas/Person.yaml", "type: object\nproperties: { name: { type: string } }\nrequired: [name]\n");
    edit(GREET_FILE, /input:\n {2}schema:\n.*\n.*\n/, "input: { schema: Person }\n");
    edit(GREET_FILE, "{{#if mood}} in a {{mood}} way{{/if}}", "");
  },
};

function branchOf(change: (branch: Branch) => void): TestRepository {
  const repository = createProject(FILES);
  repository.commit("First");
  for (const name of ["greet", "answer"]) repository.tag(`${name}@v1`, "First");
  repository.git("checkout", "--quiet", "-b", "change");
  change({
    ...repository,
    edit(file, from, to) {
      const text = readFileSync(path.join(repository.dir, file), "utf8");
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`${file} does not contain ${from}`);
      repository.write(file, edited);
    },
    release(tag, notes) {
      repository.commit(notes);
      repository.tag(tag, notes);
    },
  });
  return repository;
}

const { dirname } = import.meta;

it.each(Object.entries(SCENARIOS))("%s", async (name, change) => {
  const registry = await openRegistry({ dir: branchOf(change).dir });
  const outcome = await registry.review({ base: "main" });
  registry.close();
  if (outcome.kind !== "found") throw new Error(outcome.kind);
  const file = path.join(dirname, "reviews", name.replaceAll(" ", "-"));
  await expect(formatMarkdown(describeReview(outcome.value))).toMatchFileSnapshot(`${file}.md`);
  const { value, diagnostics } = outcome;
  const json = `${JSON.stringify(undefinedToNull({ ...value, diagnostics }), null, 2)}\n`;
  await expect(json).toMatchFileSnapshot(`${file}.json`);
});
