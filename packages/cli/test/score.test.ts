import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { openRegistry, type Registry } from "../src/index.js";
import { CUECARD } from "./built-program.js";
import { runCommand } from "./run-command.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ALIASES = { greet: { production: { v1: 90, v2: 10 }, staging: "v2", dev: "working" } };

/** `greet` with three versions, and aliases of every form. */
const greetings = prepared((): TestRepository => {
  const repository = createProject({
    "packages/prompts/package.json": '{ "name": "@acme/prompts", "type": "module" }',
    ".gitattributes": "prompts.lock merge=union\n*.scores.jsonl merge=union\n",
  });
  for (const version of [1, 2, 3]) {
    repository.write({ "prompts/greet.md": `Hello ${version}` });
    repository.commit();
    repository.tag(`greet@v${version}`);
  }
  repository.write({ "aliases.json": JSON.stringify(ALIASES) });
  return repository.identify();
});

const run = (repository: TestRepository, ...args: string[]) => runCommand(args, { cwd: repository.dir });
const FILE = "prompts/greet.scores.jsonl";
const linesOf = ({ dir }: TestRepository): Record<string, unknown>[] =>
  readFileSync(path.join(dir, FILE), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Results as promptfoo 0.118 writes them (version 3), for prompts with these labels and metrics. */
function results(columns: readonly (readonly [label: string, provider: string, metrics?: object])[]): string {
  const prompts = columns.map(([label, provider, metrics]) => ({
    raw: `Raw ${label}`,
    label,
    id: "0".repeat(64),
    provider,
    metrics: {
      score: 7.5,
      testPassCount: 6,
      testFailCount: 3,
      testErrorCount: 1,
      assertPassCount: 12,
      assertFailCount: 4,
      totalLatencyMs: 8200,
      tokenUsage: { total: 900 },
      namedScores: { Accuracy: 8, tone: 4.5, f1: 0.81, constructor: 0.1 },
      namedScoresCount: { Accuracy: 10, tone: 5 },
      cost: 0.02,
      ...metrics,
    },
  }));
  const summary = { version: 3, timestamp: "2026-11-20T10:00:00.000Z", prompts, results: [], stats: {} };
  return JSON.stringify({ evalId: "eval-x", results: summary, config: {}, shareableUrl: null });
}

describe("score", () => {
  it("adds one line per metric to the file next to the prompt", async () => {
    const repository = greetings();
    const done = await run(
      repository,
      ..."score greet@v2 --metric accuracy=0.92 --metric cost=-1e-3 --dataset billing-v3 --date 2026-11-27".split(" "),
    );
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(done.stdout).toContain("✓ Recorded 2 scores in prompts/greet.scores.jsonl\nNext: commit them: git add ");
    const common = {
      version: "v2",
      dataset: "billing-v3",
      date: "2026-11-27T00:00:00.000Z",
      by: "Ada <ada@example.com>",
    };
    expect(linesOf(repository)).toEqual([
      { ...common, metric: "accuracy", value: 0.92 },
      { ...common, metric: "cost", value: -0.001 },
    ]);
    expect((await run(repository, "check")).code).toBe(0);
  });

  it.each([
    ["greet@staging", "v2"],
    ["greet", "v3"],
    ["greet@latest", "v3"],
    ["prompts:/greet/1", "v1"],
  ])("of %s is that of %s", async (ref, version) => {
    const repository = greetings();
    await run(repository, "score", ref, "--metric", "a=1");
    expect(linesOf(repository)).toEqual([expect.objectContaining({ version, metric: "a", value: 1 })]);
  });

  it("starts a new line after an unterminated one, and uses the current date by default", async () => {
    const repository = greetings();
    writeFileSync(path.join(repository.dir, FILE), '{"version":"v1","metric":"a","value":0}');
    const before = new Date().toISOString();
    await run(repository, "score", "greet@v1", "--metric", "a=1");
    const [, added] = linesOf(repository);
    expect(String(added?.["date"]) >= before && String(added?.["date"]) <= new Date().toISOString()).toBe(true);
  });

  it("does not add a score that the file already has, and reports that", async () => {
    const repository = greetings();
    const args = ["score", "greet@v1", "--date", "2026-11-20", "--metric", "accuracy=0.9"];
    await run(repository, ...args);
    const again = await run(repository, ...args);
    expect(again).toMatchObject({ code: 0, stderr: "", stdout: `1 score of this date is already in ${FILE}\n` });
    const more = await run(repository, ...args, "--metric", "tone=1");
    expect(more.stdout).toContain(`1 score of this date is already in ${FILE}\n✓ Recorded 1 score in`);
    expect(linesOf(repository).map(({ metric }) => metric)).toEqual(["accuracy", "tone"]);
  });

  it("adds nothing to a file with conflict markers, and rejects versions that do not exist", async () => {
    const repository = greetings();
    const text = "<<<<<<< HEAD\n=======\n>>>>>>> side\n";
    repository.write({ [FILE]: text });
    const { code, stderr } = await run(repository, "score", "greet@v1", "--metric", "accuracy=0.9");
    expect([code, readFileSync(path.join(repository.dir, FILE), "utf8")]).toEqual([1, text]);
    expect(stderr).toContain(`${FILE}:1:1  error  scores/conflict-markers`);
    expect((await run(repository, "score", "greet@v9", "--metric", "a=1")).stderr).toContain(
      "prompts.lock  error  scores/unknown-reference",
    );
  });

  it("keeps every score when many are recorded at the same time", async () => {
    const repository = greetings();
    const runs = Array.from({ length: 8 }, (_, index) =>
      promisify(execFile)(process.execPath, [CUECARD, "score", "greet@v1", "--metric", `m${index}=${index}`], {
        cwd: repository.dir,
      }),
    );
    await Promise.all(runs);
    expect(
      linesOf(repository)
        .map(({ metric }) => metric)
        .sort(),
    ).toEqual(runs.map((_, index) => `m${index}`));
  });

  it.each<[args: string, ...said: string[]]>([
    ["greet@dev --metric a=1", "greet@dev is the working file"],
    ["greet@working --metric a=1", "greet@working is the working file"],
    ["greet@production --metric a=1", "greet@production is split between v1 and v2", "--arm"],
    ["greet@production --metric a=1 --arm v3", "greet@production has no arm v3", "it has v1 and v2"],
    ["greet@v9 --metric a=1", "greet has no version v9", "greet@v3"],
    ["gret --metric a=1", 'the prompt "gret" does not exist', "greet"],
    ["greet@v1", "no metrics to record"],
    ["greet@v1 --metric a=1 --date tomorrow", '"tomorrow" is not a valid date'],
    ["greet@v1 --from missing.json", "file not found: "],
    ["greet@v1 --from aliases.json", "has no results", "promptfoo eval"],
  ])("%s is refused", async (args, ...said) => {
    const repository = greetings();
    const { code, stderr } = await run(repository, "score", ...args.split(" "));
    for (const text of said) expect(stderr).toContain(text);
    expect(code).toBe(1);
    expect(() => linesOf(repository)).toThrow("ENOENT");
  });

  it.each(["a", "=1", "a=", "a=x", "a=Infinity"])("rejects --metric %s", async (metric) => {
    expect((await run(greetings(), "score", "greet@v1", "--metric", metric)).code).toBe(2);
  });

  it("records an arm of a weighted alias", async () => {
    const repository = greetings();
    expect((await run(repository, ..."score greet@production --arm v2 --metric a=1".split(" "))).code).toBe(0);
    expect(linesOf(repository)).toMatchObject([{ version: "v2" }]);
  });

  it("returns the plan as data without writing anything", async () => {
    const repository = greetings();
    const { stdout } = await run(
      repository,
      ..."score greet@v1 --metric a=1 --date 2026-01-01 --dry-run --json".split(" "),
    );
    expect(JSON.parse(stdout).plan).toEqual({
      file: FILE,
      scores: [
        {
          name: "greet",
          version: 1,
          metric: "a",
          value: 1,
          date: "2026-01-01T00:00:00.000Z",
          by: "Ada <ada@example.com>",
        },
      ],
      unchanged: [],
    });
    expect(() => linesOf(repository)).toThrow("ENOENT");
  });
});

describe("scores from promptfoo's results", () => {
  it("are averaged per test case", async () => {
    const repository = greetings();
    repository.write({ "results.json": results([["greet.md", "openai:gpt-5"]]) });
    const done = await run(
      repository,
      ..."score greet@v1 --from results.json --dataset billing --metric human=0.5".split(" "),
    );
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(linesOf(repository).map(({ metric, value }) => [metric, value])).toEqual([
      ["pass_rate", 0.6],
      ["score", 0.75],
      ["latency_ms", 820],
      ["cost", 0.002],
      ["Accuracy", 0.8],
      ["tone", 0.9],
      ["f1", 0.81],
      ["constructor", 0.1],
      ["human", 0.5],
    ]);
    expect(linesOf(repository)[0]?.["date"]).toBe("2026-11-20T10:00:00.000Z");
  });

  it("are read from older files, and use weights if there are any", async () => {
    const repository = greetings();
    const { results: summary } = JSON.parse(
      results([
        ["p", "x", { namedScores: { Accuracy: 6 }, namedScoreWeights: { Accuracy: 8 }, cost: 0, totalLatencyMs: 0 }],
      ]),
    );
    const { prompts, ...rest } = summary;
    repository.write({
      "old.json": JSON.stringify({
        results: { ...rest, version: 2, table: { head: { prompts, vars: [] }, body: [] } },
      }),
    });
    await run(repository, ..."score greet@v1 --from old.json".split(" "));
    expect(linesOf(repository).map(({ metric, value }) => [metric, value])).toEqual([
      ["pass_rate", 0.6],
      ["score", 0.75],
      ["Accuracy", 0.75],
    ]);
  });

  const SEVERAL = results([
    ["old prompt", "openai:gpt-5", { testPassCount: 1 }],
    ["new prompt", "openai:gpt-5", { testPassCount: 2 }],
    ["new prompt", "anthropic:claude", { testPassCount: 3 }],
  ]);
  it.each<[args: string, rate: number | string, ...said: string[]]>([
    ["", "the results contain 3 prompts", '"old prompt" of openai:gpt-5', "--prompt"],
    ["--prompt old", 1 / 5],
    ["--prompt new", "the results contain 2 prompts", "anthropic:claude"],
    ["--prompt new --provider anthropic:claude", 3 / 7],
    ["--provider anthropic:claude", 3 / 7],
    ["--prompt none", 'no prompt in the results matches "none"', '"new prompt"'],
  ])("of several prompts: %s", async (args, rate, ...said) => {
    const repository = greetings();
    repository.write({ "results.json": SEVERAL });
    const options = args === "" ? [] : args.split(" ");
    const { code, stderr } = await run(repository, "score", "greet@v1", "--from", "results.json", ...options);
    if (typeof rate === "string") for (const text of [rate, ...said]) expect(stderr).toContain(text);
    else expect(linesOf(repository)[0]?.["value"]).toBeCloseTo(rate, 10);
    expect(code).toBe(typeof rate === "string" ? 1 : 0);
  });

  it("are recorded for each arm named by a label", async () => {
    const repository = greetings();
    repository.write({
      "results.json": results([
        ["greet@v1", "x", { testPassCount: 1 }],
        ["v2", "x", { testPassCount: 11 }],
      ]),
    });
    await run(repository, ..."score greet@production --from results.json".split(" "));
    const rates = linesOf(repository).filter(({ metric }) => metric === "pass_rate");
    expect(rates).toMatchObject(
      [
        { version: "v1", value: 0.2 },
        { version: "v2", value: 11 / 15 },
      ].map((row) => ({ ...row, value: expect.closeTo(row.value, 10) })),
    );
    repository.write({ "results.json": results([["greet@v1", "x"]]) });
    const refused = await run(repository, ..."score greet@production --from results.json".split(" "));
    expect(refused.stderr).toContain("label the prompts of the results greet@v1 and greet@v2");
  });
});

describe("scores of versions", () => {
  async function scored(): Promise<TestRepository> {
    const repository = greetings();
    for (const args of [
      "greet@v1 --metric accuracy=0.8 --dataset d",
      "greet@v1 --metric accuracy=0.9 --dataset d",
      "greet@v2 --metric accuracy=0.92 --metric cost=0.5 --metric rate=0.8333333333333334 --dataset d",
    ])
      await run(repository, "score", ...args.split(" "));
    return repository;
  }

  it("are compared for the arms of a weighted alias, with shares and differences", async () => {
    const repository = await scored();
    expect((await run(repository, "scores", "greet@production")).stdout).toBe(
      [
        "METRIC    v1 (90%)  v2 (10%)  v2 − v1        DATA SET",
        "accuracy  0.9       0.92      +0.02 (+2.2%)  d",
        "cost      -         0.5                      d",
        "rate      -         0.833333                 d",
        "",
      ].join("\n"),
    );
    await run(repository, ..."score greet@v3 --metric accuracy=1 --dataset d".split(" "));
    expect((await run(repository, "scores", "greet")).stdout).toMatch(
      /^METRIC +v1 +v2 +v3 +DATA SET\naccuracy +0.9 +0.92 +1 +d\n/,
    );
    const json = JSON.parse((await run(repository, "scores", "greet@staging", "--json")).stdout);
    expect(json).toMatchObject({
      name: "greet",
      alias: "staging",
      versions: [
        {
          version: 2,
          share: null,
          scores: [{ metric: "accuracy", value: 0.92 }, { metric: "cost" }, { metric: "rate" }],
        },
      ],
    });
  });

  it("are shown by `show` and `history`, and included in the manifest after a rebuild", async () => {
    const repository = await scored();
    expect((await run(repository, "show", "greet@v1")).stdout).toContain("scores    accuracy 0.9 on d\n");
    expect(JSON.parse((await run(repository, "show", "greet@v1", "--json")).stdout).scores).toMatchObject([
      { metric: "accuracy", value: 0.9 },
    ]);
    expect((await run(repository, "history", "greet")).stdout).toContain(
      "accuracy 0.92 on d, cost 0.5 on d, rate 0.833333 on d",
    );
    const manifest = () =>
      JSON.parse(readFileSync(path.join(repository.dir, "packages/prompts/dist/manifest.json"), "utf8")).prompts.greet
        .versions;
    await run(repository, "build");
    expect(manifest().v1.scores).toMatchObject([{ metric: "accuracy", value: 0.9, dataset: "d" }]);
    expect(manifest().v3.scores).toBeUndefined();
    expect((await run(repository, "build")).stdout).toContain("unchanged");
    await run(repository, ..."score greet@v3 --metric accuracy=1".split(" "));
    expect((await run(repository, "build")).stdout).toContain("1 file changed");
    expect(manifest().v3.scores).toMatchObject([{ metric: "accuracy", value: 1 }]);
  });

  it.each<[what: string, ask: (registry: Registry) => Promise<unknown>]>([
    ["scores", (registry) => registry.scores("greet")],
    ["planScore", (registry) => registry.planScore({ reference: "greet", metrics: { a: 1 } })],
    ["planRetire", (registry) => registry.planRetire({ references: ["greet@v1"], reason: "Old" })],
    ["usages", (registry) => registry.usages()],
    ["blame", (registry) => registry.blame("greet")],
    ["load", (registry) => registry.load("greet")],
  ])("%s tells how far the reading of versions is", async (_, ask) => {
    const told: (readonly [number, number])[] = [];
    const onProgress = (done: number, total: number) => void told.push([done, total]);
    const registry = await openRegistry({ dir: greetings().dir, onProgress });
    await ask(registry);
    registry.close();
    expect(told.at(-1)).toEqual([3, 3]);
  });

  it("are reported as missing if there are none", async () => {
    const { code, stderr } = await run(greetings(), "scores", "greet");
    expect([code, stderr]).toEqual([0, "greet has no scores yet; record them with `cuecard score`\n"]);
    expect((await run(greetings(), "scores", "gret")).stderr).toContain('did you mean "greet"?');
  });

  it("are merged by union, and the newest date is used", async () => {
    const repository = greetings();
    repository.commit();
    for (const [branch, value, date] of [
      ["ours", 0.9, "2026-03-01"],
      ["theirs", 0.8, "2026-02-01"],
    ] as const) {
      repository.git("checkout", "--quiet", "-b", branch, "main");
      await run(repository, "score", "greet@v1", "--metric", `accuracy=${value}`, "--date", date);
      repository.commit();
    }
    repository.git("merge", "--quiet", "--no-edit", "ours");
    expect(linesOf(repository)).toHaveLength(2);
    expect((await run(repository, "show", "greet@v1")).stdout).toContain("accuracy 0.9\n");
  });

  it.each<[line: string, found: string]>([
    ["{", "error  scores/invalid-line"],
    ["[]", "it is not a JSON object"],
    ['{"version":"2","metric":"a","value":1}', '"version" must be a version'],
    ['{"version":"v2","metric":" ","value":1}', '"metric" is not a valid name: it is empty'],
    ['{"version":"v2","metric":"a","value":"1"}', '"value" must be a finite number'],
    ['{"version":"v2","metric":"a","value":1,"date":"yesterday"}', '"date" must be a date'],
    ['{"version":"v2","metric":"a","value":1,"dataset":3}', '"dataset" must be a string'],
    ["<<<<<<< HEAD", "error  scores/conflict-markers"],
    ['{"version":"v7","metric":"a","value":1}', "warning  scores/unknown-version"],
  ])("is checked: %s", async (line, found) => {
    const repository = greetings();
    writeFileSync(path.join(repository.dir, FILE), `{"version":"v1","metric":"a","value":1}\n${line}\n`);
    const { code, stdout } = await run(repository, "check");
    expect(stdout).toContain(`${FILE}:2:1`);
    expect(stdout).toContain(found);
    expect(code).toBe(found.startsWith("warning") ? 0 : 1);
  });
});
