// `cuecard search`, on real repositories, with both git adapters.

import { createProject, createProjectFolder, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.each(["native", "isomorphic"])("search (%s)", (git) => {
  const shop = prepared((): TestRepository => {
    const repository = createProject({
      "cuecard.config.json": `{"git":"${git}"}`,
      "prompts/finance/forecast.md":
        "---\ndescription: Forecasts\nmodel: openai/gpt-5\ntags: { team: finops, tier: gold }\nconfig: { temperature: 0.2 }\n---\n{{> rules}}\nForecast {{horizon}}",
      "prompts/finance/_rules.md": "Never guess a figure.",
      "prompts/greet.md": "---\ntags: { team: support }\n---\nHello {{name}}!",
      "prompts/draft.md": "A draft for {{name}}",
    });
    repository.commit();
    repository.tag("finance/forecast@v1", "First");
    repository.tag("greet@v1");
    repository.write({ "prompts/greet.md": "---\ntags: { team: support }\n---\nHi {{name}}, welcome!" });
    repository.commit();
    repository.tag("greet@v2");
    repository.write({ "prompts/greet.md": "---\ntags: { team: support }\n---\nHi {{name}}, edited!" });
    repository.write({ "aliases.json": '{ "greet": { "production": "v1" } }' });
    return repository;
  });

  it.each<[string[], string[]]>([
    [[], ["draft@working", "finance/forecast@1", "greet@1", "greet@2"]],
    [
      ["--all-versions"],
      ["draft@working", "finance/forecast@1", "finance/forecast@working", "greet@1", "greet@2", "greet@working"],
    ],
    [["NEVER guess"], ["finance/forecast@1"]],
    [["FORECAST"], ["finance/forecast@1"]],
    [["hi", "greet", "welcome"], ["greet@2"]],
    [["name", "=", "'draft'"], ["draft@working"]],
    [["--text", "NEVER guess"], ["finance/forecast@1"]],
    [["--text", "hi", "--text", "welcome"], ["greet@2"]],
    [["--text", "100%"], []],
    [["--name", "cast"], ["finance/forecast@1"]],
    [["--name", "FINANCE/*"], ["finance/forecast@1"]],
    [["--name", "*e"], []],
    [["--tag", "team=support", "--alias", "production"], ["greet@1"]],
    [["--tag", "tier"], ["finance/forecast@1"]],
    [["--tag", "team=support", "--tag", "team=finops"], []],
    [["--tag", "team=finops", "--tag", "tier=gold"], ["finance/forecast@1"]],
    [
      ["--alias", "latest"],
      ["finance/forecast@1", "greet@2"],
    ],
    [["--model", "gpt"], ["finance/forecast@1"]],
    [
      ["--variable", "name"],
      ["draft@working", "greet@1", "greet@2"],
    ],
    [["--variable", "hor*"], ["finance/forecast@1"]],
    [["--partial", "rules"], ["finance/forecast@1"]],
    [["--partial", "finance/rules"], ["finance/forecast@1"]],
    [["name LIKE 'f%' AND tags.team = 'finops'"], ["finance/forecast@1"]],
    [["config.temperature < 0.5 OR alias IS NOT NULL"], ["finance/forecast@1", "greet@1"]],
    [["notes = 'First' AND kind = 'text' AND model LIKE 'openai/%'"], ["finance/forecast@1"]],
    [["version = 'working'", "--all-versions", "--text", "edited"], ["greet@working"]],
  ])("%j", async (args, expected) => {
    const { stdout, code } = await runCommand(["search", "--json", ...args], { cwd: shop().dir });
    const { results } = JSON.parse(stdout);
    expect(results.map(({ name, version }: Record<string, unknown>) => `${name}@${version}`)).toEqual(expected);
    expect(code).toBe(0);
  });

  it("shows the matching versions and the matching text", async () => {
    const { dir } = shop();
    const { stdout } = await runCommand(["search", "--text", "h"], { cwd: dir });
    expect(stdout).toBe(`NAME              VERSION  ALIASES     DESCRIPTION
finance/forecast  v1       latest      Forecasts
    Forecast {{horizon}}
greet             v1       production
    Hello {{name}}!
greet             v2       latest
    Hi {{name}}, welcome!
`);
    const partial = await runCommand(["search", "--text", "guess"], { cwd: dir });
    expect(partial.stdout).toContain("\n    prompts/finance/_rules.md: Never guess a figure.\n");
    const narrow = await runCommand(["search", "--text", "guess", "--no-color"], { cwd: dir, columns: 40 });
    expect(Math.max(...narrow.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(40);
    const json = JSON.parse((await runCommand(["search", "--text", "welcome", "--json"], { cwd: dir })).stdout);
    expect(json.results).toEqual([
      {
        name: "greet",
        version: 2,
        aliases: ["latest"],
        kind: "text",
        description: null,
        model: null,
        tags: { team: "support" },
        excerpt: { file: "prompts/greet.md", line: 1, text: "Hi {{name}}, welcome!", start: 13, end: 20 },
      },
    ]);
  });

  it("reports that nothing matches, or why the query is invalid", async () => {
    const { dir } = shop();
    expect(await runCommand(["search", "name = 'x'"], { cwd: dir })).toEqual({
      code: 0,
      stdout: "",
      stderr: "No match in 4 versions in use.\n",
    });
    expect(await runCommand(["search", "name = 'ü'\n AND nmae = 'x'"], { cwd: dir })).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: column 6 of the query: unknown field "nmae"\n   AND nmae = 'x'\n       ^^^^\nhint: did you mean "name"?\n`,
    });
  });

  it("reports prompts that cannot be searched", async () => {
    const repository = shop();
    repository.write({ "prompts/broken.md": "{{#if}}" });
    const { stdout, stderr, code } = await runCommand(["search"], { cwd: repository.dir });
    expect(stdout).toContain("finance/forecast");
    expect(stderr).toMatch(/^1 error.*; run `cuecard check` for details\n$/);
    expect(code).toBe(1);
  });
});

it("search reports that there is no repository", async () => {
  const { stderr, code } = await runCommand(["search"], { cwd: createProjectFolder() });
  expect(stderr).toContain("git/not-a-repository");
  expect(code).toBe(1);
});
