// The tool of `cuecard mcp --allow-write`: it writes to branches, and nothing that is checked out.

import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { type CallToolResult, Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { openRegistry } from "../src/index.js";
import { createNotifyingServer } from "../src/mcp/create-server.js";
import { serveProject } from "../src/mcp/served-project.js";

vi.setConfig({ testTimeout: 60_000 });

const project = prepared((): TestRepository => {
  const repository = createProject({
    "prompts/greet.md": "Hello {{name}}!\n{{> tone}}",
    "prompts/_tone.md": "Be kind.",
    "src/app.ts": "export {};",
  }).identify();
  repository.commit();
  repository.tag("greet@v1", "First");
  repository.write({
    "src/app.ts": "// edited",
    "prompts/greet.md": "Edited {{name}}",
    "src/staged.ts": "",
    "src/broken.txt": "{{#if a}}",
  });
  repository.git("add", "src/staged.ts");
  return repository;
});

let repository: TestRepository;
let write: (given: Record<string, unknown>) => Promise<CallToolResult>;

/** Bugs fail the test: answers have only their messages. */
const bug = (text: string): never => {
  throw new Error(text);
};

async function connect(allowWrite: boolean): Promise<Client> {
  const served = await serveProject({ dir: repository.dir }, { helpers: false, allowWrite });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createNotifyingServer(served, bug).connect(theirs);
  const client = new Client({ name: "test", version: "1" });
  await client.connect(ours);
  onTestFinished(async () => {
    await client.close();
    await served.close();
  });
  return client;
}

beforeEach(async () => {
  repository = project();
  const client = await connect(true);
  write = (given) => client.callTool({ name: "write_prompt", arguments: given });
});

/** Everything that a user has checked out, and all refs but those that programs may write. */
function state(): unknown {
  const { dir, git } = repository;
  return [
    git("status", "--porcelain", "--untracked-files=all"),
    readFileSync(path.join(dir, ".git/index")).toString("base64"),
    readFileSync(path.join(dir, ".git/HEAD"), "utf8"),
    ...["src/app.ts", "prompts/greet.md"].map((file) => readFileSync(path.join(dir, file), "utf8")),
    git("for-each-ref").replace(/^.*refs\/heads\/cuecard\/.*\n?/gm, ""),
  ];
}

const textOf = ({ content: [first] }: CallToolResult) => (first?.type === "text" ? first.text : "");

describe("write_prompt", () => {
  it("commits to a branch of its own, and again on top of that", async () => {
    const before = state();
    const first = await write({ name: "greet", source: "Good day {{name}}!\n{{> tone}}", message: "Be formal" });
    expect(first.isError, textOf(first)).toBeUndefined();
    expect(textOf(first)).toMatch(/^Committed prompts\/greet\.md to cuecard\/greet \([0-9a-f]{10}\)$/m);
    const { git } = repository;
    expect(git("log", "--format=%s %an", "main..cuecard/greet")).toBe("Be formal Ada");
    expect(git("diff", "--name-only", "main...cuecard/greet")).toBe("prompts/greet.md");
    expect(git("show", "cuecard/greet:prompts/greet.md")).toBe("Good day {{name}}!\n{{> tone}}");
    const again = await write({ name: "greet", source: "Good evening {{name}}!" });
    expect(git("log", "--format=%s", "main..cuecard/greet")).toBe("Edit greet\nBe formal");
    expect(again.structuredContent).toMatchObject({
      ...{
        branch: "cuecard/greet",
        file: "prompts/greet.md",
        commit: git("rev-parse", "cuecard/greet"),
        created: true,
      },
    });
    const same = await write({ name: "greet", source: "Good evening {{name}}!" });
    expect(same.structuredContent).toMatchObject({ created: false, commit: git("rev-parse", "cuecard/greet") });
    await write({ name: "finance/new", source: "New {{what}}", branch: "cuecard/other" });
    expect(git("ls-tree", "-r", "--name-only", "cuecard/other", "prompts")).toContain("prompts/finance/new.md");
    expect(state()).toEqual(before);
  });

  it("writes nothing with dryRun, or if the branch already has the text", async () => {
    const { git } = repository;
    const dry = await write({ name: "greet", source: "Good day {{name}}!", dryRun: true });
    expect(dry.structuredContent).toMatchObject({ branch: "cuecard/greet", commit: null, created: false });
    const same = await write({ name: "greet", source: git("show", "HEAD:prompts/greet.md") });
    expect(same.structuredContent).toMatchObject({ created: false, commit: git("rev-parse", "HEAD") });
    expect(git("branch", "--list", "cuecard/*")).toBe("");
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ name: "greet", source: "Hello {{#if name}}" }, /prompts\/greet\.md@draft:1:7 {2}error/],
    [{ name: "greet", source: "---\ninput: { schema: { a: string } }\n---\n{{b}}" }, /error {2}template\//],
    [{ name: "greet", source: "{{> missing}}" }, /error {2}template\//],
    [{ name: "greet", source: "" }, /the text is empty/],
    [{ name: "greet", source: "---js\nmodule.exports = {}\n---\nHi" }, /error/],
    [{ name: "greet", source: "half \uD800" }, /lone surrogate/],
    [{ name: "greet", source: "Hi", message: " " }, /message is empty/],
    [{ name: "../escape", source: "Hi" }, /is not a valid prompt name/],
    [{ name: "..", source: "Hi" }, /is not a valid prompt name/],
    [{ name: "/etc/passwd", source: "Hi" }, /is not a valid prompt name/],
    [{ name: "a\u0000b", source: "Hi" }, /is not a valid prompt name/],
    [{ name: "prompts/greet.md", source: "Hi" }, /write "greet"/],
    [{ name: "GREET", source: "Hi" }, /case/],
    [{ name: "greet", source: "Hi", branch: "main" }, /does not begin with cuecard\//],
    [{ name: "greet", source: "Hi", branch: "cuecard/../main" }, /git does not allow "\.\."/],
    [{ name: "greet", source: "Hi", branch: "cuecard/" }, /git does not allow a "\/" at the end/],
    [{ name: "greet", source: "Hi", branch: "--force" }, /does not begin with cuecard\//],
    [{ name: "greet", source: "Hi", branch: "cuecard/a b\n" }, /git does not allow a space or a control character/],
    [{ name: "greet" }, /requires source/],
  ])("refuses %o", async (given, problem) => {
    const before = state();
    const result = await write(given);
    expect([result.isError, textOf(result)]).toEqual([true, expect.stringMatching(problem)]);
    expect(state()).toEqual(before);
    expect(repository.git("branch", "--list", "cuecard/*")).toBe("");
  });

  it("does not touch a branch that is checked out, and no hooks of commits run", async () => {
    repository.write({ ".git/hooks/pre-commit": "#!/bin/sh\ntouch ran\nexit 1\n" });
    chmodSync(path.join(repository.dir, ".git/hooks/pre-commit"), 0o755);
    const { git } = repository;
    git("branch", "cuecard/mine");
    git("worktree", "add", "-q", "../linked", "cuecard/mine");
    expect(textOf(await write({ name: "greet", source: "Hi {{name}}", branch: "cuecard/mine" }))).toMatch(
      /checked out/,
    );
    expect((await write({ name: "greet", source: "Hi {{name}}" })).isError).toBeUndefined();
    expect(git("status", "--porcelain", "--untracked-files=all")).not.toContain("ran");
  });

  it.each<[what: string, prepare: (git: TestRepository["git"]) => void, problem: RegExp]>([
    [
      "a symbolic ref to the current branch",
      (git) => git("symbolic-ref", "refs/heads/cuecard/sym", "refs/heads/main"),
      /symbolic ref to refs\/heads\/main/,
    ],
    [
      "a symbolic ref to a branch that does not exist",
      (git) => git("symbolic-ref", "refs/heads/cuecard/sym", "refs/heads/none"),
      /symbolic ref to refs\/heads\/none/,
    ],
    [
      "a symbolic ref to a symbolic ref",
      (git) => {
        git("symbolic-ref", "refs/heads/cuecard/inner", "refs/heads/main");
        git("symbolic-ref", "refs/heads/cuecard/sym", "refs/heads/cuecard/inner");
      },
      /symbolic ref to/,
    ],
    ["the current branch", (git) => git("symbolic-ref", "HEAD", "refs/heads/cuecard/sym"), /checked out/],
    [
      "the branch that HEAD leads to through a symbolic ref",
      (git) => {
        git("branch", "cuecard/sym");
        git("symbolic-ref", "refs/heads/link", "refs/heads/cuecard/sym");
        git("symbolic-ref", "HEAD", "refs/heads/link");
      },
      /checked out/,
    ],
    [
      "the branch of a linked worktree that has no commit yet",
      (git) => {
        git("worktree", "add", "-q", "--detach", "../unborn");
        git("-C", "../unborn", "symbolic-ref", "HEAD", "refs/heads/cuecard/sym");
      },
      /checked out/,
    ],
  ])("does not write to %s", async (_what, prepare, problem) => {
    const { git } = repository;
    prepare(git);
    const before = [state(), git("for-each-ref")];
    const result = await write({ name: "greet", source: "Hi {{name}}", branch: "cuecard/sym" });
    expect([result.isError, textOf(result)]).toEqual([true, expect.stringMatching(problem)]);
    expect([state(), git("for-each-ref")]).toEqual(before);
  });

  it("is not there without --allow-write", async () => {
    const client = await connect(false);
    expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain("write_prompt");
    await expect(client.callTool({ name: "write_prompt" })).rejects.toThrow(/--allow-write/);
    const { tools } = await (await connect(true)).listTools();
    expect(tools.find(({ name }) => name === "write_prompt")?.annotations).toMatchObject({ readOnlyHint: false });
  });
});

describe("planProposal", () => {
  it("makes plans that apply only to the branch that they saw", async () => {
    const registry = await openRegistry({ dir: repository.dir });
    onTestFinished(() => registry.close());
    const plan = async (source: string) => (await registry.planProposal({ name: "greet", source })).plan;
    const [first, second] = [await plan("One {{name}}"), await plan("Two {{name}}")];
    if (first === undefined || second === undefined) throw new Error("there is no plan");
    expect(await registry.applyProposal(first)).toMatchObject({ result: { created: true, branch: "cuecard/greet" } });
    const late = await registry.applyProposal(second);
    expect([late.result, late.diagnostics.map(({ code }) => code)]).toEqual([undefined, ["propose/branch-moved"]]);
    expect(repository.git("show", "cuecard/greet:prompts/greet.md")).toBe("One {{name}}");
    // A plan that its caller has changed is checked again.
    const escaped = await registry.applyProposal({
      ...second,
      parent: repository.git("rev-parse", "cuecard/greet"),
      isNew: false,
      files: [{ file: "prompts/../src/app.ts", blob: second.files[0]?.blob }],
    });
    expect(escaped.diagnostics.map(({ code }) => code)).toEqual(["propose/foreign-file"]);
    const other = await registry.planProposal({ name: "broken", source: "Hi" });
    if (other.plan === undefined) throw new Error("there is no plan");
    const blob = repository.git("hash-object", "-w", "src/broken.txt");
    const broken = await registry.applyProposal({ ...other.plan, files: [{ file: "prompts/broken.md", blob }] });
    expect([broken.result, broken.diagnostics.map(({ code }) => code)]).toEqual([undefined, ["template/syntax"]]);
  });

  it("needs a commit to begin with", async () => {
    const registry = await openRegistry({ dir: createProject({ "prompts/greet.md": "Hello" }).dir });
    onTestFinished(() => registry.close());
    const { plan, diagnostics } = await registry.planProposal({ name: "greet", source: "Hi" });
    expect([plan, diagnostics.map(({ code }) => code)]).toEqual([undefined, ["propose/no-commit"]]);
  });
});
