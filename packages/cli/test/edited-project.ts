// An engineer's clone with unfinished work and with edited prompts: what tests of proposals begin with.

import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, openRepository, prepared, runGit, type TestRepository } from "@cuecard/testing";
import type { ChangesRequest, ChosenFile, Proposal, Registry } from "../src/index.js";

export const GREET = "prompts/greet.md";
export const TONE = "prompts/_tone.md";

/** Two prompts and a partial are edited, and one prompt is deleted. */
export const editedProject = prepared((): TestRepository => {
  const repository = createProject({
    "prompts/greet.md": "Hello {{name}}!\n{{> tone}}",
    "prompts/_tone.md": "Be kind.",
    "prompts/old.md": "Old.",
    "aliases.json": '{\n  "greet": { "production": "v1", "staging": "v2" }\n}\n',
    "src/app.ts": "export {};",
  }).identify();
  repository.commit();
  repository.tag("greet@v1", "First");
  repository.write({ "prompts/greet.md": "Hello, {{name}}!\n{{> tone}}" }).commit("Comma");
  repository.tag("greet@v2", "Second");
  repository.write({ "src/app.ts": "// edited", "src/staged.ts": "", "notes.txt": "untracked" });
  repository.git("add", "src/staged.ts");
  repository.write({
    "prompts/greet.md": "Good day, {{name}}!\n{{> tone}}",
    "prompts/_tone.md": "Be formal.",
    "prompts/finance/new.md": "New {{what}}",
  });
  repository.remove("prompts/old.md");
  return repository;
});

/** A bare repository as the remote `origin`. */
export function addRemote(repository: TestRepository): TestRepository {
  const dir = createFolder("remote.git");
  runGit(dir, ["init", "--quiet", "--bare", "--initial-branch=main"]);
  repository.git("remote", "add", "origin", dir);
  repository.git("push", "--quiet", "-u", "origin", "main", "--tags");
  return openRepository(dir);
}

/** Everything that a user has checked out, byte for byte, and all refs but those that programs may write. */
export function stateOf({ dir, git }: TestRepository): unknown {
  const files = readdirSync(dir, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter((file) => !/\/\.git\/(?:objects|logs|refs|packed-refs)|\/node_modules\//.test(file))
    .sort();
  return {
    files: files.map((file) => [file, readFileSync(file, "latin1"), statSync(file).mode]),
    status: git("--no-optional-locks", "status", "--porcelain=v2", "--branch", "--untracked-files=all"),
    refs: git("for-each-ref").replace(/^.*refs\/(?:heads|remotes\/[^/]+)\/cuecard\/.*\n?/gm, ""),
  };
}

/** The files that can be proposed, by what is on disk now. */
export async function chooseFiles(registry: Registry, ...names: readonly string[]): Promise<ChosenFile[]> {
  const outcome = await registry.changes();
  if (outcome.kind !== "found") throw new Error(JSON.stringify(outcome));
  const { files } = outcome.value;
  return files
    .filter(({ file }) => names.length === 0 || names.includes(file))
    .map(({ file, digest }) => ({ file, digest }));
}

export interface Proposed {
  readonly result: Proposal | undefined;
  readonly codes: readonly string[];
  readonly messages: readonly string[];
}

/** Plans and applies. */
export async function propose(registry: Registry, request: ChangesRequest, push?: string): Promise<Proposed> {
  const { plan, diagnostics } = await registry.planChanges(request);
  const applied =
    plan === undefined ? { result: undefined, diagnostics } : await registry.applyProposal(plan, { push });
  return {
    result: applied.result,
    codes: applied.diagnostics.map(({ code }) => code),
    messages: applied.diagnostics.map(({ message }) => message),
  };
}
