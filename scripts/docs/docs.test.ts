// Every command and snippet of the documents is run, and every link leads somewhere.

import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { frontMatterSchema } from "../../packages/build/src/index.js";
import { createProgram } from "../../packages/cli/src/program.js";
import type { Terminal } from "../../packages/cli/src/terminal/terminal.js";
import { expandMetadataKeys, METADATA_PRESETS } from "../../packages/model/src/index.js";
import { defaultConfig } from "../../packages/project/src/settings/config.js";
import { root } from "../run-step.js";
import { type Page, parsePage, readPage, readRows } from "./read-page.js";
import { runPage } from "./run-page.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const files = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file.split(path.sep).join("/")}`)
    .sort(),
  ...readdirSync(path.join(root, "packages"))
    .map((name) => `packages/${name}/README.md`)
    .filter((file) => existsSync(path.join(root, file))),
];
const pages = files.map(readPage);

describe("what the documents show works", () => {
  it.concurrent.each(pages.filter(({ blocks }) => blocks.some(({ kind }) => kind === "fence")))(
    "$file",
    async (page) => {
      expect(await runPage(page)).toEqual([]);
    },
    300_000,
  );
});

it("every link leads to a file, and to a heading of it", () => {
  const broken = pages.flatMap(({ file, links }) =>
    links
      .filter(({ target }) => !/^[a-z]+:/.test(target) && !leadsSomewhere(file, target))
      .map(({ line, target }) => `${file}:${line}: ${target}`),
  );
  expect(broken).toEqual([]);
});

function leadsSomewhere(from: string, target: string): boolean {
  const [file = "", anchor] = target.split("#");
  const found = file === "" ? from : path.posix.join(path.posix.dirname(from), file);
  if (!existsSync(path.join(root, found))) return false;
  return anchor === undefined || readPage(found).anchors.has(anchor);
}

describe("references are complete", () => {
  it("docs/cli.md has every command with every option", () => {
    const sections = sectionsOf(pageOf("docs/cli.md"));
    const program = createProgram({} as Terminal, () => {});
    const visible = program.createHelp().visibleCommands(program);
    const missing = visible.flatMap((command) => {
      const section = sections.get(`cuecard ${command.name()}`) ?? "";
      return command.options
        .filter(({ long }) => long !== "--help" && !section.includes(`${long}`))
        .map(({ long }) => `${command.name()} ${long}`)
        .concat(section === "" ? [command.name()] : []);
    });
    expect(missing).toEqual([]);
    for (const { long } of program.options) expect(pageOf("docs/cli.md").text).toContain(`\`${long}`);
  });

  it("docs/cli.md has every value of options with choices", () => {
    const sections = sectionsOf(pageOf("docs/cli.md"));
    const program = createProgram({} as Terminal, () => {});
    const visible = program.createHelp().visibleCommands(program);
    const rows = visible.flatMap((command) =>
      command.options.flatMap(({ long, argChoices = [] }) => {
        const lines = (sections.get(`cuecard ${command.name()}`) ?? "").split("\n");
        const row = lines.find((line) => line.startsWith(`| \`${long} `)) ?? "";
        return argChoices.map((choice) => ({ option: `${command.name()} ${long} ${choice}`, row, choice }));
      }),
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ row, choice }) => !row.includes(`\`${choice}\``)).map(({ option }) => option)).toEqual([]);
  });

  it("docs/file-formats.md lists every front-matter key and every setting", () => {
    expect(listed("front-matter")).toEqual(Object.keys(frontMatterSchema.properties).sort());
    expect(listed("settings")).toEqual(Object.keys(defaultConfig).sort());
  });

  it("docs/file-formats.md lists every key of every preset", () => {
    const lines = tableOf("presets").trim().split("\n").slice(2);
    const written = lines.map((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
    expect(written.map(([preset, ...keys]) => [preset, keys.sort()])).toEqual(
      METADATA_PRESETS.map((name) => [name, [...expandMetadataKeys([name])].filter((key) => key !== name).sort()]),
    );
  });
});

/** The names in the first column of the table that a page marks with `<!-- docs: lists <what> -->`. */
function listed(what: string): string[] {
  return readRows(tableOf(what))
    .flatMap(([name = ""]) => name.split(/[`, ]+/))
    .filter((name) => name !== "")
    .sort();
}

function tableOf(what: string): string {
  const table = pageOf("docs/file-formats.md").blocks.find(
    ({ check, argument }) => check === "lists" && argument === what,
  );
  return table?.text ?? "";
}

function pageOf(file: string): Page {
  const page = pages.find((candidate) => candidate.file === file);
  if (page === undefined) throw new Error(`there is no ${file}`);
  return page;
}

function sectionsOf({ text }: Page): Map<string, string> {
  return new Map(text.split(/^## /m).map((section) => [section.split("\n", 1)[0] ?? "", section]));
}

describe("a page that is wrong fails", () => {
  it.each([
    ["a fence without a check", "```sh\nfalse\n```", "has no check"],
    ["a command that fails", "<!-- docs: commands -->\n\n```sh\nfalse\n```", "exit code 1, not 0"],
    [
      "another output",
      "<!-- docs: commands -->\n```sh\necho a\n```\n<!-- docs: output -->\n```text\nb\n```",
      "but it is",
    ],
    ["a type error", "<!-- docs: typescript -->\n```ts\nexport const a: string = 1;\n```", "TS2322"],
    ["an error that is none", "<!-- docs: typescript error -->\n```ts\nexport {};\n```", "this type-checks"],
    ["a prompt with a mistake", "<!-- docs: prompt -->\n```md\n{{#if a}}\n```", "never closed"],
    [
      "another rendering",
      '<!-- docs: renders -->\n| a | b | c |\n| - | - | - |\n| `{{x}}` | `{"x":1}` | `2` |',
      "but it is",
    ],
    [
      "another finding",
      "<!-- docs: findings -->\n| a | b |\n| - | - |\n| `{{x}}` | `template/syntax` |",
      "not reported",
    ],
    ["another type", "<!-- docs: infers -->\n| a | b |\n| - | - |\n| `{{x}}` | `x: string` |", "the type is"],
    ["JSON against its schema", '<!-- docs: schema aliases -->\n```json\n{ "a": { "b": "1" } }\n```', "/a/b"],
    ["an unknown script", "<!-- docs: scripts -->\n```sh\nnpm run nothing\n```", "no command"],
    ["an unknown check", "<!-- docs: magic -->\n```sh\n```", "no check"],
  ])("%s", async (_, text, problem) => {
    expect((await runPage(parsePage("docs/page.md", `${text}\n`))).join("\n")).toContain(problem);
  });
});
