// `cuecard test` through the program: expectations, snapshots and formats, on one repository.

import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import parseLcov from "@friedemannsommer/lcov-parser/sync";
import { Ajv2020 } from "ajv/dist/2020.js";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const GREET = `---
input:
  schema:
    name: string
    vip?: boolean
examples:
  - name: a visit
    input: { name: Ada }
    expect:
      contains: Ada
      not-contains: [undefined, "{{"]
      roles: [system, user]
      max-tokens: 40
      system: { equals: Be kind., max-tokens: 10 }
      user:
        matches: "^Greet \\\\w+\\\\.$"
  - name: a guest of honor
    input: { name: Grace, vip: true }
---
{{role "system"}}
Be kind.
{{role "user"}}
Greet {{name}}{{#if vip}}, our guest of honor{{/if}}.
`;

const project = prepared(
  (): TestRepository =>
    createProject({
      "prompts/greet.md": GREET,
      "prompts/plain.md": "No examples.\n",
      "prompts/answer.md": `---\nexamples:\n  - name: json\n    input: { id: 3 }\n    expect: { json: { id: integer, at: string } }\n---\n{ "id": {{id}} }\n`,
    }),
);

async function test({ dir }: TestRepository, ...args: string[]) {
  return runCommand(["test", ...args], { cwd: dir });
}

const read = ({ dir }: TestRepository, file: string) => readFileSync(path.join(dir, file), "utf8");

describe("expectations", () => {
  it("pass, or fail with what is there and where it is expected", async () => {
    const repository = project();
    repository.write({
      "prompts/greet.md": GREET.replace("Be kind.\n{{", "Be very kind.\n{{").replace("Greet {{", "Hi {{"),
    });
    const { stdout, stderr, code } = await test(repository);
    expect(stdout).toMatchInlineSnapshot(`
      "✗ answer prompts/answer.md  1 example
        ✗ json
          json: the text does not fit its schema: it lacks "at"
          prompts/answer.md:5:21
            │ { "id": 3 }
      ✗ greet prompts/greet.md  2 examples
        ✗ a visit
          system.equals: the system message is not the expected one
          prompts/greet.md:14:25
            [-expected-] {+rendered+}
            │ Be {+very +}kind.
          user.matches: the user message does not match /^Greet \\w+\\.$/
          prompts/greet.md:16:18
            │ Hi Ada.
        ✓ a guest of honor

      Prompts   2 failed, 1 without examples
      Examples  2 failed | 1 passed (9 expectations)
      "
    `);
    expect([code, stderr]).toEqual([1, ""]);
  });

  it("are only those of the prompts that are named", async () => {
    const { stdout, code } = await test(project(), "prompts/greet.md");
    expect(stdout).toMatchInlineSnapshot(`
      "✓ greet prompts/greet.md  2 examples
        ✓ a visit  8 expectations
        ✓ a guest of honor

      Prompts   1 passed
      Examples  2 passed (8 expectations)
      "
    `);
    expect(code).toBe(0);
    const unknown = await test(project(), "great");
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('did you mean "greet"?')]);
  });

  it("fail if an example cannot be rendered, or its prompt does not compile", async () => {
    const repository = project();
    repository.write({ "prompts/answer.md": "{{#if a}}", "prompts/_p.md": "{{missing" });
    const { stdout, stderr, code } = await test(repository);
    expect(stdout).toContain("✗ answer prompts/answer.md  does not compile\n");
    expect(stderr).toContain("prompts/answer.md:1:1");
    expect(code).toBe(1);
  });

  it("that cannot be checked are findings of check, with their places", async () => {
    const rows: readonly (readonly [written: string, message: string])[] = [
      ["contains: ''", '"expect.contains" is empty, which every text contains'],
      ["matches: '(a+)+b'", '"expect.matches" can take very long for some strings'],
      ["matches: '('", '"expect.matches" is not a regular expression of JavaScript'],
      ["roles: [sytem]", 'did you mean "system"?'],
      ["max-tokens: 1.5", '"expect.max-tokens" must be a whole number above 0, but is 1.5'],
      ["json: { type: strin }", '"expect.json" is not a valid schema'],
      ["json: { a: strin }", '"expect.json" is not a valid schema: "a": '],
      ["user: {}", '"expect.user" expects nothing'],
      ["contain: x", 'did you mean "contains"?'],
      ["system: { roles: user }", '"examples.0.expect.system" '],
      ["regex: x", 'did you mean "matches"?'],
      [
        "color: x",
        "the members of expect are contains, not-contains, matches, equals, max-tokens, json, roles, system",
      ],
      ["developer: { contains: x }", 'did you mean "system"?'],
      ["user: { color: x }", "a role in expect are contains, not-contains, matches, equals, max-tokens and json"],
      ["user: { roles: [user] }", "write roles directly in expect"],
      ["matches: '/Sys/i'", 'looks for the slashes and "i" as well: only the pattern between the slashes is meant'],
      ["max-tokens: many", "write a number: max-tokens: 1200"],
      ["equals: { a: 1 }", '"examples.0.expect.equals" must be a string'],
      ["{}", '"expect" expects nothing'],
      ["Paris", "write expect: { contains: Paris }; the answer that you want is written as expected"],
    ];
    const prompts = rows.map(([written], at) => [
      `prompts/p${at}.md`,
      `---\nexamples:\n  - name: one\n    expect:\n      ${written}\n---\nHi\n`,
    ]);
    const { dir } = createProject(Object.fromEntries(prompts));
    const { stdout } = await runCommand(["check", "--json"], { cwd: dir });
    const { diagnostics } = JSON.parse(stdout);
    for (const [at, [written, message]] of rows.entries()) {
      const own = diagnostics.filter((found: { file: string }) => found.file === `prompts/p${at}.md`);
      const texts = own.map((found: { message: string; hint?: string }) => `${found.message} (${found.hint})`);
      expect([written, texts.join("\n")]).toEqual([written, expect.stringContaining(message)]);
      expect([written, own[0].range.start.line]).toEqual([written, 5]);
    }
  });
});

describe("snapshots", () => {
  it("are written, compared, and removed once they are obsolete", async () => {
    const repository = project();
    rmSync(path.join(repository.dir, "prompts/answer.md"));
    const written = await test(repository, "--update");
    expect(written.stdout).toContain("wrote prompts/greet.snapshot\n");
    expect(existsSync(path.join(repository.dir, "prompts/plain.snapshot"))).toBe(false);
    expect(read(repository, "prompts/greet.snapshot")).toMatchInlineSnapshot(`
      "# What the examples of greet render. Written by \`cuecard test --update\`.

      ## a visit
      system
      |
      | Be kind.
      |
      user
      |
      | Greet Ada.

      ## a guest of honor
      system
      |
      | Be kind.
      |
      user
      |
      | Greet Grace, our guest of honor.
      "
    `);
    expect((await test(repository)).stdout).toContain("✓ a visit  8 expectations, snapshot\n");

    repository.write({ "prompts/greet.md": GREET.replace("our guest", "the guest").replace("Grace", "Alan") });
    const changed = await test(repository);
    expect(changed.stdout).toMatchInlineSnapshot(`
      "✗ greet prompts/greet.md  2 examples
        ✓ a visit  8 expectations, snapshot
        ✗ a guest of honor
          the text differs from its snapshot
          prompts/greet.md:17:11
            [-expected-] {+rendered+}
            ┆
            │
            │ user:
            │ Greet [-Grace-]{+Alan+}, [-our-]{+the+} guest of honor.
          hint: if this is right, run \`cuecard test greet --update\`

      Prompts   1 failed, 1 without examples
      Examples  1 failed | 1 passed (8 expectations, 2 snapshots)
      "
    `);
    expect(changed.code).toBe(1);

    repository.write({ "prompts/greet.md": GREET.replace("a guest of honor\n", "a new name\n") });
    const renamed = await test(repository);
    expect(renamed.stdout).toContain("it is not in prompts/greet.snapshot");
    expect(renamed.stdout).toContain(
      'obsolete: "a guest of honor" in prompts/greet.snapshot; `cuecard test --update` removes',
    );
    rmSync(path.join(repository.dir, "prompts/greet.md"));
    expect((await test(repository)).stdout).toContain("obsolete: prompts/greet.snapshot, whose prompt is gone");
    const removed = await test(repository, "--update");
    expect([removed.stdout.includes("deleted prompts/greet.snapshot\n"), removed.code]).toEqual([true, 0]);
    expect(existsSync(path.join(repository.dir, "prompts/greet.snapshot"))).toBe(false);
  });

  it("are not written in CI, and not read with the markers of a conflict", async () => {
    const repository = project();
    const refused = await runCommand(["test", "--update"], { cwd: repository.dir, env: { CI: "true" } });
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("snapshots are not written in CI")]);
    repository.write({ "prompts/greet.snapshot": "<<<<<<< HEAD\n# What the examples of greet render.\n" });
    const broken = await test(repository, "greet");
    expect(broken.stderr).toContain("prompts/greet.snapshot:1:1");
    expect(broken.stderr).toContain("run `cuecard test greet --update`");
    expect(broken.code).toBe(1);
    expect((await test(repository, "greet", "--update")).code).toBe(0);
    expect(read(repository, "prompts/greet.snapshot")).toMatch(/^# What the examples of greet render/);
    repository.write({ "prompts/greet.snapshot": "Mine\n", "prompts/other.snapshot": "Mine\n" });
    const foreign = await test(repository, "--update");
    expect(foreign.stderr).toContain("if another tool wrote this file, rename it");
    expect(foreign.stdout).not.toContain("deleted");
    for (const name of ["greet", "other"]) expect(read(repository, `prompts/${name}.snapshot`)).toBe("Mine\n");
  });
});

describe("formats", () => {
  it("json holds the whole report", async () => {
    const { stdout, code } = await test(project(), "--json");
    const report = JSON.parse(stdout);
    const schema = JSON.parse(readFileSync(new URL("../schemas/test.schema.json", import.meta.url), "utf8"));
    const diagnostics = { $id: "diagnostics.schema.json", $defs: { diagnostic: { type: "object" } } };
    const validate = new Ajv2020({ strict: false, schemas: [diagnostics], code: { optimize: false } }).compile(schema);
    expect([validate(report), validate.errors]).toEqual([true, null]);
    expect(report).toMatchObject({
      passed: false,
      prompts: [
        {
          name: "answer",
          examples: [
            {
              name: "json",
              failures: [
                {
                  kind: "expectation",
                  problem: 'the text does not fit its schema: it lacks "at"',
                  place: { file: "prompts/answer.md", range: { start: { line: 5, column: 21 } } },
                  actual: '{ "id": 3 }',
                },
              ],
            },
          ],
        },
        { name: "greet", examples: [{ failures: [], expectations: 8 }, { snapshot: "none" }] },
        { name: "plain", examples: [] },
      ],
      snapshots: { written: [], deleted: [] },
      diagnostics: [],
    });
    expect(code).toBe(1);
  });

  it("junit has a suite for each prompt, and a test for each example", async () => {
    const { stdout } = await test(project(), "--format", "junit");
    expect(XMLValidator.validate(stdout)).toBe(true);
    expect(stdout).toContain('<testsuites name="cuecard test" tests="3" failures="1">');
    expect(stdout).toContain('<testcase name="a visit" classname="greet" file="prompts/greet.md" />');
    expect(stdout).toContain("prompts/answer.md:5:21: the text does not fit its schema");
  });
});

describe("coverage", () => {
  it("names the branches that no example renders, and fails below a minimum", async () => {
    const repository = project();
    repository.write({
      "prompts/greet.md": GREET.replace(
        "Greet {{name}}",
        "{{> tone}}\nGreet {{#unless vip}}dear {{name}}{{else}}{{name}}{{/unless}}",
      ).replace("vip?: boolean", "vip?: boolean\n    formal?: boolean"),
      "prompts/_tone.md": "{{#if formal}}Sir{{else if vip}}Madam{{/if}}\n",
    });
    const { stdout, code } = await test(repository, "greet", "--coverage");
    expect(stdout.slice(stdout.indexOf("○"))).toMatchInlineSnapshot(`
      "○ prompts/_tone.md 2 of 3 branches
        1:1 {{#if formal}} is never rendered

      Prompts   1 failed
      Examples  1 failed | 1 passed (8 expectations)
      Branches  6 of 7 rendered (85.7%)
      "
    `);
    expect(code).toBe(1);
    repository.write({ "prompts/greet.md": GREET });
    const enough = await test(repository, "greet", "--coverage-min", "100");
    expect([enough.stdout.includes("Branches  2 of 2 rendered (100%)"), enough.code]).toEqual([true, 0]);
    repository.write({ "prompts/greet.md": GREET.replace(", vip: true", "") });
    const low = await test(repository, "greet", "--coverage-min", "51");
    expect(low.stdout).toContain("Branches  1 of 2 rendered (50%), but at least 51% is required\n");
    expect(low.code).toBe(1);
    expect((await test(repository, "--coverage-min", "x")).code).toBe(2);
  });

  it("lcov is what parsers read, with the counts of lines and branches", async () => {
    const repository = project();
    repository.write({ "prompts/greet.md": GREET.replace(", vip: true", "") });
    const { stdout } = await test(repository, "greet", "--format", "lcov");
    const [file, ...others] = parseLcov({ from: stdout });
    expect(others).toEqual([]);
    expect(file?.path).toBe("prompts/greet.md");
    expect(file?.branches.details.map(({ line, branch, hit }) => [line, branch, hit])).toEqual([
      [23, "0", 0],
      [23, "1", 2],
    ]);
    expect(file?.branches).toMatchObject({ instrumented: 2, hit: 1 });
    expect(file?.lines).toMatchObject({ instrumented: 4, hit: 4 });
    expect(file?.lines.details.map(({ line, hit }) => [line, hit])).toEqual([20, 21, 22, 23].map((line) => [line, 2]));
  });
});

describe("budgets", () => {
  const prompt = (budget: string, text = "Hello {{name}}, how are you today?\n") =>
    `---\nbudget: ${budget}\ninput: { schema: { name: string } }\nexamples:\n  - { name: short, input: { name: Al } }\n  - { name: long, input: { name: Ada of the long name } }\n---\n${text}`;

  it("are compared with the examples by check and test", async () => {
    const repository = createProject({
      "prompts/over.md": prompt("{ tokens: 6 }"),
      "prompts/fits.md": prompt("{ tokens: 20 }"),
      "prompts/none.md": "---\nbudget: { tokens: 5 }\n---\nHi\n",
      "prompts/odd.md": prompt("1200"),
    });
    const { dir } = repository;
    const { stdout, code } = await runCommand(["check", "--json"], { cwd: dir });
    const found = JSON.parse(stdout).diagnostics.filter((one: { code: string }) => !/unreleased/.test(one.code));
    expect(
      found.map(
        (one: { file: string; message: string; hint: string; range: { start: { line: number } } }) =>
          `${one.file}:${one.range.start.line} ${one.message}; ${one.hint}`,
      ),
    ).toEqual([
      "prompts/none.md:2 the budget is not checked, because the prompt has no example; add an example, or run `cuecard test --fill`",
      "prompts/odd.md:2 the budget is not a whole number of tokens, so nothing is limited; write budget: { tokens: 1200 }",
      'prompts/over.md:2 the example "long" renders 12 tokens (an estimate), 6 more than the budget of 6; 1 more example is above it; shorten the prompt, or raise the budget',
    ]);
    expect(code).toBe(1);
    const tested = await test(repository, "over");
    expect(tested.stdout).toContain("it renders 12 tokens (an estimate), 6 more than the budget of 6\n");
    expect(tested.code).toBe(1);
    repository.write({ "prompts/over.md": prompt("{ tokens: 12 }") });
    expect((await test(repository, "over")).code).toBe(0);
  });

  it("go to metadata if the settings name the key", async () => {
    const { dir } = createProject({
      "prompts/p.md": "---\nbudget: low\n---\nHi\n",
      "cuecard.config.json": '{ "metadataKeys": ["budget"] }',
    });
    const { stdout } = await runCommand(["check", "--json"], { cwd: dir });
    expect(JSON.parse(stdout).diagnostics.map(({ code }: { code: string }) => code)).not.toContain(
      "front-matter/invalid-budget",
    );
  });
});

describe("--fill", () => {
  const PROMPTS = {
    "prompts/refund.md": `---
# A comment
input:
  schema:
    name: string
    reason?: string
    items(array): string   # what
    level?(enum): [low, high]
    user?: { vip?: boolean, tags(array): { name: string, done?: boolean } }
examples:
  - name: without a reason
    input: { name: Ada, items: [lamp] }   # kept
    expected: |
      two
      lines
description: After
---
{{name}}{{#each items}}{{this}}{{else}}none{{/each}}{{#if reason}}{{reason}}{{/if}}
{{#ifEquals level "high"}}{{#if user}}{{#if user.vip}}VIP{{else}}no{{/if}}{{/if}}{{/ifEquals}}
{{#if user}}{{#each user.tags}}{{#if done}}x{{else}}-{{/if}}{{name}}{{/each}}{{/if}}{{> greeting}}
`,
    "prompts/_greeting.md": "{{#unless name}}Hello{{/unless}}\n",
    "prompts/bare.md": "Hello {{name}}!{{#if polite}} How are you?{{/if}}\n",
    "prompts/flow.md":
      "\ufeff---\r\ninput: { schema: { code: string } }\r\nexamples: [{ name: a, input: { code: x } },]\r\n---\r\n{{#if code}}{{code}}{{/if}}\r\n",
    "prompts/empty.md": "---\nexamples: # none yet\n---\n{{#each list}}{{#if this.ok}}{{name}}{{/if}}{{/each}}\n",
    "prompts/hard.md": `---
input:
  schema:
    type: object
    properties:
      id: { type: string, pattern: "^[A-Z]{2}-\\\\d{4}$" }
      n: { type: integer, minimum: 5, multipleOf: 4 }
      when: { type: string, format: date }
      choice: { oneOf: [{ type: string, const: a }, { type: object, properties: { x: { type: boolean } }, required: [x] }] }
    required: [id, n, when, choice]
---
{{id}} {{n}} {{when}} {{#if choice.x}}x{{/if}}
`,
  };

  it("adds an example for each branch, and changes nothing else", async () => {
    const repository = createProject(PROMPTS);
    const inCi = (...args: string[]) =>
      runCommand(["test", "--fill", ...args], { cwd: repository.dir, env: { CI: "true" } });
    expect(await inCi()).toMatchObject({ code: 1, stderr: expect.stringContaining("examples are not written in CI") });
    const shown = await inCi("--dry-run");
    expect(shown.stdout).toContain("{+    input: { name: name, polite: true }+}");
    for (const [file, text] of Object.entries(PROMPTS)) expect(read(repository, file)).toBe(text);
    const { stdout, code } = await test(repository, "--fill", "--coverage-min", "100");
    expect(stdout).toContain("✓ 13 examples added in 5 files; check the values\n");
    expect(stdout).toContain("Branches  28 of 28 rendered (100%)");
    expect(code).toBe(0);
    for (const [file, text] of Object.entries(PROMPTS)) {
      const lines = read(repository, file).split("\n");
      // Every line is still there, in the same order.
      let at = 0;
      for (const line of lines) if (line === text.split("\n")[at]) at++;
      if (file !== "prompts/flow.md") expect([file, at]).toEqual([file, text.split("\n").length]);
    }
    expect(read(repository, "prompts/flow.md")).toBe(
      PROMPTS["prompts/flow.md"].replace(",]", ', { name: empty code, input: { code: "" } }]'),
    );
    const checked = await runCommand(["check"], { cwd: repository.dir });
    expect([checked.stdout.includes(" error"), checked.code]).toEqual([false, 0]);
    expect((await test(repository, "--fill")).stdout).toContain("No example is missing.\n");
  });

  it("leaves out what no branch needs of a large schema, and ends for schemas of themselves", async () => {
    const fields = Array.from({ length: 40 }, (_, at) => `    field${at}?: string`).join("\n");
    const repository = createProject({
      "prompts/large.md": `---\ninput:\n  schema:\n    name: string\n${fields}\n---\n{{name}}{{#if field7}}{{field7}}{{/if}}{{#if field9}}{{else}}9{{/if}}\n`,
      "prompts/endless.md":
        '---\ninput:\n  schema:\n    type: object\n    properties: { t: { $ref: "#/$defs/t" } }\n    $defs: { t: { type: object, properties: { a: { $ref: "#/$defs/t" }, b: { $ref: "#/$defs/t" } }, required: [a, b] } }\n---\n{{#if t}}x{{/if}}\n',
    });
    const { stdout } = await test(repository, "--fill", "--coverage");
    expect(stdout).toContain("large.md  2 examples");
    expect(read(repository, "prompts/large.md")).toContain(
      "  - name: needed values\n    input: { name: name, field7: field7, field9: field9 }\n",
    );
    expect(stdout).toContain("{{#if t}} is never rendered");
  });

  it("reports what it cannot add to, and leaves it", async () => {
    const files = {
      "prompts/map.md": "---\n{ input: { schema: { a: string } } }\n---\n{{#if a}}{{a}}{{/if}}\n",
      "prompts/none.md":
        "---\ninput: { schema: { type: object, properties: { a: { type: string, pattern: ^(?=b)a$ } }, required: [a] } }\n---\n{{a}}\n",
    };
    const repository = createProject(files);
    const { stderr } = await test(repository, "--fill");
    expect(stderr).toContain("prompts/map.md  warning  example/not-filled");
    expect(stderr).toContain("prompts/none.md  warning  example/not-filled");
    for (const [file, text] of Object.entries(files)) expect(read(repository, file)).toBe(text);
  });
});
