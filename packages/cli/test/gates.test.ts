// Gates and rules of the settings: which aliases may point where, and how severe findings are.

import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const GATE = { metric: "accuracy", dataset: "bills", min: 0.8, maxDrop: 0.02 };

/** Three versions: v1 scored 0.9, v2 0.88, v3 0.7, v4 nothing; production points at v1. */
const project = prepared((): TestRepository => {
  const repository = createProject();
  for (const version of [1, 2, 3, 4]) {
    repository.write({ "prompts/greet.md": `Hello ${version}` });
    repository.commit();
    repository.tag(`greet@v${version}`);
  }
  const score = (version: number, value: number) =>
    JSON.stringify({ version: `v${version}`, metric: "accuracy", dataset: "bills", value });
  repository.write({
    "aliases.json": '{ "greet": { "production": "v1" } }\n',
    "prompts/greet.scores.jsonl": `${[score(1, 0.9), score(2, 0.88), score(3, 0.7)].join("\n")}\n`,
  });
  repository.commit("Point");
  return repository.identify();
});

function gated(gates: object, rules: object = {}): TestRepository {
  const repository = project();
  repository.write({ "cuecard.config.json": JSON.stringify({ gates, rules }) });
  return repository;
}

const SCORED_V4 = `${JSON.stringify({ version: "v4", metric: "accuracy", dataset: "bills", value: 0.9 })}\n`;

const run = (repository: TestRepository, line: string) => runCommand(line.split(" "), { cwd: repository.dir });

describe("gates", () => {
  it.each<[what: string, line: string, refusal: string | undefined]>([
    ["within the limits", "alias set greet production v2", undefined],
    [
      "below the least score",
      "alias set greet production v3",
      "v3: it scored 0.7 for accuracy on bills, and the gate asks for at least 0.8",
    ],
    ["without a score", "alias set greet production v4", "v4: it has no score for accuracy on bills"],
    ["a part of the callers", "alias set greet production --split v1=90,v3=10", "v3: it scored 0.7"],
    ["another alias", "alias set greet staging v4", undefined],
  ])("%s", async (_, line, refusal) => {
    const { code, stderr } = await run(gated({ production: [GATE] }), line);
    if (refusal === undefined) expect([code, stderr]).toEqual([0, ""]);
    else expect(stderr).toContain(`greet@production cannot point at ${refusal}`);
    expect(code).toBe(refusal === undefined ? 0 : 1);
  });

  it.each<[what: string, gate: object, isRefused: boolean]>([
    ["a drop of the whole limit", { maxDrop: 0.02 }, false],
    ["a larger drop", { maxDrop: 0.019 }, true],
    ["a rise", { maxRise: 0 }, false],
    ["at most", { max: 0.87 }, true],
    ["the prompt's folder", { min: 0.99, prompts: "finance/*" }, false],
    ["the prompt's name", { min: 0.99, prompts: "gre*" }, true],
    ["another data set", { dataset: "other", min: 0 }, true],
  ])("%s", async (_, gate, isRefused) => {
    const { code } = await run(
      gated({ production: [{ metric: "accuracy", dataset: "bills", ...gate }] }),
      "alias set greet production v2",
    );
    expect(code).toBe(isRefused ? 1 : 0);
  });

  it("hold for promotions, and for what is in aliases.json; a rollback is not compared with what it leaves", async () => {
    const repository = gated({ production: [GATE] });
    repository.write({ "aliases.json": '{ "greet": { "production": "v1", "staging": "v3" } }\n' });
    const promoted = await run(repository, "promote greet --from staging --to production");
    expect(promoted.stderr).toContain("gate/failed");
    repository.write({ "aliases.json": '{ "greet": { "production": "v2" } }\n' });
    expect((await run(repository, "check")).stdout).not.toContain("gate/");
    expect((await run(repository, "check --base HEAD")).stdout).not.toContain("gate/");
    repository.write({ "cuecard.config.json": JSON.stringify({ gates: { production: [{ ...GATE, maxDrop: 0 }] } }) });
    expect((await run(repository, "check")).code).toBe(0);
    const checked = await run(repository, "check --base HEAD");
    expect(checked.stdout).toContain("aliases.json:1:28  error  gate/failed");
    expect(checked.stdout).toContain("at most 0 lower than 0.9, the score of the version before");
    const settings = { gates: { production: [{ ...GATE, maxRise: 0 }] } };
    repository.write({ "cuecard.config.json": JSON.stringify(settings) });
    expect((await run(repository, "rollback greet production --yes")).code).toBe(0);
  });
});

describe("a gated alias that follows releases", () => {
  const following = (pointers: object) => ({ "aliases.json": `${JSON.stringify({ greet: pointers })}\n` });
  const GATES = { production: [{ metric: "accuracy", dataset: "bills", min: 0 }] };

  it.each<[what: string, gates: object, line: string, refused: boolean]>([
    ["set", GATES, "alias set greet production latest", true],
    ["another alias", GATES, "alias set greet staging latest", false],
    ["a gate for other prompts", { production: [{ metric: "accuracy", prompts: "finance/*" }] }, "", false],
    ["the newest version, by promotion", { production: [{ metric: "speed" }] }, "promote greet --from latest", false],
  ])("is refused by what writes it: %s", async (_, gates, line, refused) => {
    const repository = gated(gates);
    const command = line.startsWith("promote")
      ? `${line} --to production`
      : line || "alias set greet production latest";
    const { code, stderr } = await run(repository, command);
    expect(stderr.includes("gate/follows-latest")).toBe(refused);
    if (refused) expect(code).toBe(1);
  });

  it("is refused by what reads it, although its version of today passes, and before the first release", async () => {
    const repository = gated(GATES);
    repository.write({
      "prompts/greet.scores.jsonl": SCORED_V4,
      ...following({ production: "latest", staging: "latest" }),
    });
    for (const line of ["check", "check --base HEAD"]) {
      const { code, stdout } = await run(repository, line);
      expect([code, stdout.match(/gate\/[a-z-]+/g)]).toEqual([1, ["gate/follows-latest"]]);
      expect(stdout).toContain("aliases.json:1:24  error  gate/follows-latest");
      expect(stdout).toContain("cuecard alias set greet production v4");
    }
    repository.write({ "prompts/new.md": "New", "aliases.json": '{ "new": { "production": "latest" } }\n' });
    expect((await run(repository, "check")).stdout).toContain(
      "hint: remove the entry; after the release, move it with",
    );
  });
});

describe("rules", () => {
  it.each<[severity: string, shown: string, code: number]>([
    ["error", "error  lock/out-of-date", 1],
    ["info", "note  lock/out-of-date", 0],
    ["off", "✓ 1 prompt,", 0],
  ])("%s", async (severity, shown, code) => {
    const outcome = await run(gated({}, { "lock/out-of-date": severity }), "check");
    expect(outcome.stdout).toContain(shown);
    expect(outcome.stdout.includes("lock/out-of-date")).toBe(severity !== "off");
    expect(outcome.code).toBe(code);
  });
});
