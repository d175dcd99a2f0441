// The tables of docs/other-formats.md: every file of scripts/docs/formats is checked, fixed or registered in a real
// project, and the findings are those that its row names.

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Diagnostic, METADATA_PRESETS } from "../../packages/model/src/index.js";
import { openRegistry, type Registry } from "../../packages/project/src/index.js";
import { runGit } from "../../packages/testing/src/index.js";
import { root } from "../run-step.js";
import { readCells, readPage } from "./read-page.js";

// Starts git, and compiles some hundred prompts.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const corpus = path.join(root, "scripts/docs/formats");
const page = readPage("docs/other-formats.md");

interface Row {
  /** Relative to the corpus. */
  readonly file: string;
  readonly outcome: string;
  readonly todo: string;
}

const tablesOf = (check: string) => page.blocks.filter((block) => block.check === check).map(({ text }) => text);
const rows: readonly Row[] = tablesOf("formats")
  .flatMap(readCells)
  .map(([, link = "", outcome = "", todo = ""]) => ({
    file: /\/formats\/([^)]+)\)/.exec(link)?.[1] ?? link,
    outcome,
    todo,
  }));
const prompts = rows.filter(({ file }) => file.endsWith(".md"));
const lists = rows.filter(({ file }) => file.endsWith(".json"));
const endings = tablesOf("endings")
  .flatMap(readCells)
  .flatMap(([cell = ""]) => cell.match(/\.[\w.]+/g) ?? []);

const presetOf = ({ outcome }: Row) => /with the preset `(\w+)`/.exec(outcome)?.[1];
const isFixed = ({ todo }: Row) => todo.includes("cuecard check --fix");
/** `warning template/role-line` */
const expected = ({ outcome }: Row) => {
  const [severity] = /^(?:warning|error)/.exec(outcome) ?? [];
  return severity === undefined
    ? []
    : (outcome.match(/(?<=`)[\w-]+\/[\w-]+(?=`)/g) ?? []).map((code) => `${severity} ${code}`);
};
const brief = (findings: readonly Diagnostic[]) =>
  [...new Set(findings.map(({ severity, code }) => `${severity} ${code}`))].sort();
/** Pieces of code in a cell that the findings do not say to write. */
const unsaid = (todo: string, findings: readonly Diagnostic[]) =>
  [...todo.replace(/\[([^\]]*)\]\([^)]*\)/g, "").matchAll(/`([^`]+)`/g)]
    .map(([, code = ""]) => code)
    .filter((code) => !findings.some(({ hint = "", message }) => `${message} ${hint}`.includes(code)));

const folders: string[] = [];
const opened: Registry[] = [];
afterAll(() => {
  for (const registry of opened) registry.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A repository whose prompts are the corpus. */
async function createCorpus(config: object): Promise<Registry> {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), "cuecard-formats-")));
  folders.push(dir);
  runGit(dir, ["init", "--quiet"]);
  cpSync(corpus, path.join(dir, "prompts"), { recursive: true });
  mkdirSync(path.join(dir, "prompts/endings"));
  for (const ending of endings)
    writeFileSync(path.join(dir, `prompts/endings/a${ending.replace(/\W/g, "-")}${ending}`), "Hi\n");
  writeFileSync(path.join(dir, "cuecard.config.json"), JSON.stringify(config));
  runGit(dir, ["add", "--all"]);
  runGit(dir, ["commit", "--quiet", "--message", "The corpus"]);
  runGit(dir, ["config", "user.name", "Ada"]);
  runGit(dir, ["config", "user.email", "ada@example.com"]);
  const registry = await openRegistry({ dir });
  opened.push(registry);
  return registry;
}

type Findings = (file: string) => readonly Diagnostic[];

async function check(registry: Registry): Promise<Findings> {
  const { diagnostics } = await registry.check();
  return (file) => diagnostics.filter((diagnostic) => diagnostic.file === `prompts/${file}`);
}

describe("formats of other tools", () => {
  let registry: Registry;
  let findings: Findings;
  beforeAll(async () => {
    registry = await createCorpus({});
    findings = await check(registry);
  });

  it("have a row for every file", () => {
    const files = readdirSync(corpus, { recursive: true, encoding: "utf8" })
      .map((file) => file.split(path.sep).join("/"))
      .filter((file) => /\.(?:md|json)$/.test(file) && !/(?:^|\/)_/.test(file));
    expect(rows.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it("have the findings of their rows", () => {
    const found = prompts.map((row) => [row.file, brief(findings(row.file))]);
    const wanted = prompts.map((row) => [
      row.file,
      presetOf(row) === undefined ? expected(row).sort() : ["warning front-matter/unknown-key"],
    ]);
    expect(found).toEqual(wanted);
  });

  it("are accepted with the presets of their rows", async () => {
    for (const preset of METADATA_PRESETS) {
      const ofPreset = prompts.filter((row) => presetOf(row) === preset);
      const found = await check(await createCorpus({ metadataKeys: [preset] }));
      expect(ofPreset.map(({ file }) => [file, brief(found(file))])).toEqual(ofPreset.map(({ file }) => [file, []]));
      expect(ofPreset).not.toEqual([]);
    }
  });

  it("are told what to write by the hints", () => {
    const others = prompts.filter((row) => !isFixed(row));
    expect(others.map((row) => [row.file, unsaid(row.todo, findings(row.file))])).toEqual(
      others.map(({ file }) => [file, []]),
    );
    expect(prompts.filter((row) => row.todo === "" && expected(row).length > 0)).toEqual([]);
  });

  it("are made prompts by register, or refused with a reason", async () => {
    for (const row of lists) {
      const messages = JSON.parse(readFileSync(path.join(corpus, row.file), "utf8"));
      const name = row.file.replace(/\.json$/, "");
      const { plan, diagnostics } = await registry.planRegister({ name, messages });
      expect([row.file, brief(diagnostics), unsaid(row.todo, diagnostics)]).toEqual([row.file, expected(row), []]);
      expect([row.file, diagnostics.length]).toEqual([row.file, expected(row).length]);
      expect([row.file, plan !== undefined]).toEqual([row.file, !row.outcome.startsWith("error")]);
    }
  });

  it("are not read with other endings", () => {
    const found = endings.map((ending) => [ending, brief(findings(`endings/a${ending.replace(/\W/g, "-")}${ending}`))]);
    expect(found).toEqual(endings.map((ending) => [ending, ["warning prompt/not-read"]]));
  });

  it("are edited by check --fix as their rows say", async () => {
    const { plan } = await registry.planFixes();
    if (plan === undefined) throw new Error("nothing to fix");
    await registry.applyFixes(plan);
    const after = await check(registry);
    const fixed = prompts.filter(isFixed);
    expect(fixed.map(({ file }) => [file, brief(after(file))])).toEqual(fixed.map(({ file }) => [file, []]));
    const accepted = prompts.filter(({ outcome }) => outcome.startsWith("accepted"));
    const isChanged = ({ file }: Row) =>
      readFileSync(path.join(corpus, file), "utf8") !== readFileSync(path.join(registry.dir, "prompts", file), "utf8");
    expect(accepted.filter(isChanged)).toEqual([]);
  });
});
