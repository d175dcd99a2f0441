// `cuecard export promptfoo`: what is compared. e2e/tools/promptfoo.test.ts evaluates it with promptfoo.

import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ANSWER = `---
model: openai/gpt-5
input: { schema: { question: string } }
output: { schema: { answer: string } }
examples:
  - name: a fee
    input: { question: "Why a {fee}?" }
    expect: { contains: "fee}?", max-tokens: 50, json: true }
    expected: { answer: Because }
  - name: plain
    input: { question: Why? }
    expected: "{{x}}"
---
{"q": "{{question}}"}
`;

/** `answer@v1` on main, and a branch that changes it. */
const branch = prepared((): TestRepository => {
  const repository = createProject({ "prompts/answer.md": ANSWER, "prompts/same.md": "Same\n" });
  repository.commit("First");
  repository.tag("answer@v1");
  repository.git("checkout", "--quiet", "-b", "change");
  return repository.write({
    "prompts/answer.md": ANSWER.replace('{"q"', '{"question"').replace("openai/gpt-5", "anthropic/claude-sonnet-4"),
  });
});

async function exportPromptfoo({ dir }: TestRepository, ...args: string[]) {
  const { stdout, stderr, code } = await runCommand(["export", "promptfoo", ...args], { cwd: dir });
  return { config: stdout === "" ? undefined : JSON.parse(stdout), stderr, code };
}

describe("export promptfoo", () => {
  it("compares the prompts that a branch changes, each with its own model", async () => {
    const { config, stderr, code } = await exportPromptfoo(branch());
    expect(config.prompts.map(({ label }: { label: string }) => label)).toEqual(["answer@main", "answer@working"]);
    expect(config.providers).toEqual([
      { id: "openai:gpt-5", prompts: ["answer@main"] },
      { id: "anthropic:messages:claude-sonnet-4", prompts: ["answer@working"] },
    ]);
    expect(config.tests.map(({ description }: { description: string }) => description)).toEqual([
      "answer: a fee",
      "answer: plain",
    ]);
    const [fee, plain] = config.tests;
    expect(fee.vars).toEqual({
      question: "Why a {fee}?",
      cuecard_1: String.raw`[{"role":"user","content":"{\"q\": \"Why a {fee}?\"}"}]`,
      cuecard_2: String.raw`[{"role":"user","content":"{\"question\": \"Why a {fee}?\"}"}]`,
    });
    expect(fee.assert.map(({ type, metric }: { type: string; metric: string }) => `${type} ${metric}`)).toEqual([
      "javascript prompt",
      "javascript prompt",
      "is-json schema",
      "equals expected",
    ]);
    expect(plain.assert.at(-1).value).toBe('{{"{"}}{x}}');
    for (const { value } of fee.assert.slice(0, 2)) {
      const run = new Function("output", "context", value);
      expect(run("", { prompt: fee.vars.cuecard_1 })).toBe(true);
      expect(() => expect(run("", { prompt: '[{"role":"user","content":"no"}]' })).toBe(true)).toThrow();
    }
    expect([code, stderr]).toEqual([0, "2 tests of answer@main, answer@working\n"]);
  });

  it("compares versions that are named, and prompts that did not change", async () => {
    const named = await exportPromptfoo(branch(), "answer@v1", "answer@working", "--provider", "echo");
    expect(named.config.providers).toEqual(["echo"]);
    expect(named.stderr).toBe("2 tests of answer@v1, answer@working\n");
    const same = await exportPromptfoo(branch(), "same");
    expect(same.config.tests).toEqual([]);
    expect(same.stderr).toContain("same is not exported: it has no example");
    const once = await exportPromptfoo(branch(), "answer", "--base", "HEAD", "--head", "HEAD");
    expect(once.stderr).toBe("2 tests of answer@HEAD\n");
    expect(once.config.prompts.map(({ label }: { label: string }) => label)).toEqual(["answer@HEAD"]);
    const unknown = await exportPromptfoo(branch(), "answr");
    expect([unknown.code, unknown.config]).toEqual([1, undefined]);
    expect(unknown.stderr).toContain('did you mean "answer"?');
  });

  it("leaves out an example that a version refuses, and reports it", async () => {
    const repository = branch();
    repository.write({
      "prompts/answer.md": ANSWER.replace("question: string", "question: string, tone: string")
        .replaceAll("input: { question: ", "input: { tone: dry, question: ")
        .replace("{{question}}", "{{question}} {{tone}}"),
    });
    const added = await exportPromptfoo(repository);
    expect(added.config.tests).toHaveLength(2);
    repository.write({ "prompts/answer.md": ANSWER.replaceAll("question", "query") });
    const { config, stderr } = await exportPromptfoo(repository);
    expect(config.tests.map(({ prompts }: { prompts: string[] }) => prompts)).toEqual([
      ["answer@working"],
      ["answer@working"],
    ]);
    expect(stderr).toContain(
      'the example "a fee" with answer@main is not exported: the input is not valid for answer@main:',
    );
  });
});
