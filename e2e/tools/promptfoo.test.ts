// `export promptfoo`, evaluated by promptfoo itself with the provider that returns what it is asked, and `score --from`.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder, createProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { repository } from "../pack-packages.js";
import { tryCommand } from "../run-command.js";

// This file installs and runs a program: on a slow machine, it may take a while.
vi.setConfig({ testTimeout: 600_000 });

/** The last version that runs on Node 20. Later ones need Node 22.22. */
const VERSION = "0.121.20";

/** What promptfoo would read as its template language, or as the name of a file. */
const ODD = String.raw`\{{name}} {% raw %} {# c #} {% endraw %} #} }} "quoted"`;

const GREET = `---
input:
  schema:
    name: string
    items(array): string
examples:
  - name: a visit
    input: { name: "{{name}} {#", items: [a, b] }
    expect:
      contains: "{{name}} {% raw %} {# c #} {% endraw %} #} }}"
      roles: [system, user]
      system: { equals: Be kind. }
      user: { matches: "^Greet \\\\{\\\\{name", not-contains: "{{ cuecard" }
  - name: a file
    input: { name: "file:///etc/hostname", items: [] }
    expect: { user: { contains: "Greet file:///etc/hostname" } }
---
{{role "system"}}
Be kind.
{{role "user"}}
Greet {{name}} {{#each items}}{{this}};{{/each}} ${ODD}
`;

/** Without the optional packages, which are most of its 1.4 GB, but for the driver of its database. */
async function installPromptfoo(): Promise<string> {
  const tool = createFolder();
  await writeFile(path.join(tool, "package.json"), "{}");
  const install = async (...packages: string[]) => {
    const options = ["--no-audit", "--no-fund", "--prefer-offline", "--omit=optional"];
    const { code, stderr } = await tryCommand("npm", ["install", ...options, ...packages], { cwd: tool });
    if (code !== 0) throw new Error(`npm cannot install ${packages.join(" ")}: ${stderr}`);
  };
  await install(`promptfoo@${VERSION}`);
  const driver = JSON.parse(await readFile(path.join(tool, "node_modules/libsql/package.json"), "utf8"));
  const { header } = process.report.getReport() as { readonly header: object };
  const libc = "glibcVersionRuntime" in header ? "-gnu" : "-musl";
  const target = `${process.platform}-${process.arch}${process.platform === "linux" ? libc : ""}`;
  const name = Object.keys(driver.optionalDependencies).find((candidate) => candidate.startsWith(`@libsql/${target}`));
  if (name !== undefined) await install(`${name}@${driver.optionalDependencies[name]}`);
  return tool;
}

it("is evaluated as it renders, and its results are scores", async () => {
  const project = createProject({ "prompts/greet.md": GREET });
  project.commit("Greet");
  project.tag("greet@v1");
  project.write({ "prompts/greet.md": GREET.replace("Be kind.\n{{", "Be very kind.\n{{") });
  const { dir } = project;
  const cuecard = (...args: string[]) =>
    tryCommand(process.execPath, [path.join(repository, "packages/cli/bin/cuecard.js"), ...args], { cwd: dir });
  const exported = await cuecard("export", "promptfoo", "--base", "HEAD");
  expect([exported.code, exported.stderr]).toEqual([0, "2 tests of greet@HEAD, greet@working\n"]);
  await writeFile(path.join(dir, "promptfooconfig.json"), exported.stdout);

  const tool = await installPromptfoo();
  const evaluation = ["eval", "--output", "results.json", "--no-cache", "--no-table", "--no-progress-bar"];
  await tryCommand(path.join(tool, "node_modules/.bin/promptfoo"), evaluation, {
    cwd: dir,
    env: { PROMPTFOO_CONFIG_DIR: tool, PROMPTFOO_DISABLE_TELEMETRY: "1", PROMPTFOO_DISABLE_UPDATE: "1" },
  });
  const { results } = JSON.parse(await readFile(path.join(dir, "results.json"), "utf8"));
  const texts = results.results.map(
    ({ prompt, success, response }: { prompt: { label: string }; success: boolean; response: { output: string } }) => [
      prompt.label,
      success,
      JSON.parse(response.output),
    ],
  );
  const odd = ODD.slice(1);
  const messages = (system: string, user: string) => [
    { role: "system", content: `\n${system}\n` },
    { role: "user", content: `\nGreet ${user} ${odd}` },
  ];
  // Only the working file is not as expected.
  expect(texts).toEqual(
    expect.arrayContaining([
      ["greet@HEAD", true, messages("Be kind.", "{{name}} {# a;b;")],
      ["greet@working", false, messages("Be very kind.", "{{name}} {# a;b;")],
      ["greet@HEAD", true, messages("Be kind.", "file:///etc/hostname ")],
      ["greet@working", true, messages("Be very kind.", "file:///etc/hostname ")],
    ]),
  );
  expect(texts).toHaveLength(4);

  const scored = await cuecard("score", "greet@v1", "--from", "results.json", "--prompt", "greet@HEAD", "--json");
  expect(JSON.parse(scored.stdout)).toMatchObject({
    plan: {
      scores: expect.arrayContaining([
        expect.objectContaining({ name: "greet", version: 1, metric: "pass_rate", value: 1 }),
        expect.objectContaining({ name: "greet", version: 1, metric: "prompt", value: 1 }),
      ]),
    },
    diagnostics: [],
  });
});
