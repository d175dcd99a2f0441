// Plans edits of aliases.json in real repositories, with both adapters: rollbacks, promotions and refusals.

import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { AliasTarget } from "@cuecard/model";
import { createFolder, createRepository, growth, prepared, runGit, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { type AliasRequest, type AliasWrites, applyAliasEdits, planAliasEdits } from "../src/index.js";
import { type GitChoice, gitChoices } from "./git-choices.js";
import { withRepository } from "./read.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const pointing = (target: string) => `{ "greet": { "production": ${target} } }\n`;

/** A repository whose commits of aliases.json are these texts, oldest first. */
const history = prepared((...texts: string[]): TestRepository => {
  const repository = createRepository();
  for (const text of texts) repository.write("aliases.json", text).commit();
  return repository;
});

const NEWEST = { latest: new Map([["greet", 3]]), files: new Set(["greet"]), released: new Set(["greet"]) };

async function plan(dir: string, git: GitChoice, request: AliasRequest) {
  const { plan: planned, diagnostics } = await withRepository(dir, { git }, (repository) =>
    planAliasEdits(repository, request, async () => NEWEST),
  );
  const print = (target: AliasTarget | undefined) => {
    if (target === undefined) return "nothing";
    if (target.kind !== "split") return target.kind === "version" ? `v${target.version}` : target.kind;
    return target.arms.map(({ version, weight }) => `v${version}=${weight}`).join(",");
  };
  return {
    edits: planned?.edits.map(({ name, alias, from, to }) => `${name}@${alias} ${print(from)} → ${print(to)}`),
    codes: diagnostics.map(({ code }) => code),
    planned,
    diagnostics,
  };
}

const BACK: AliasRequest = { kind: "rollback", name: "greet", alias: "production" };

describe.each(gitChoices)("a rollback (%s)", (git) => {
  it.each<[what: string, texts: string[], working: string | undefined, edits: string[], codes: string[]]>([
    ["goes to where the alias pointed before", ['"v1"', '"v2"'], undefined, ["greet@production v2 → v1"], []],
    [
      "skips commits that moved something else",
      ['"v1"', '"v2"', '"v2", "x": "v1"'],
      undefined,
      ["greet@production v2 → v1"],
      [],
    ],
    ["goes back and forth", ['"v1"', '"v2"', '"v1"'], undefined, ["greet@production v1 → v2"], []],
    ["reverts an uncommitted edit", ['"v1"', '"v2"'], '"v3"', ["greet@production v3 → v2"], []],
    [
      "of an edit that reverted the last commit restores that commit",
      ['"v1"', '"v2"'],
      '"v1"',
      ["greet@production v1 → v2"],
      [],
    ],
    ["goes back to weights", ['{ "v1": 9, "v2": 1 }', '"v2"'], undefined, ["greet@production v2 → v1=9,v2=1"], []],
    [
      "of a gradual rollout goes to where it started",
      ['"v1"', '{ "v1": 90, "v3": 10 }', '{ "v1": 50, "v3": 50 }', '"v3"'],
      undefined,
      ["greet@production v3 → v1"],
      [],
    ],
    [
      "during a gradual rollout goes to where it started",
      ['"v1"', '"v2"', '{ "v2": 90, "v3": 10 }', '{ "v2": 50, "v3": 50 }'],
      undefined,
      ["greet@production v2=50,v3=50 → v2"],
      [],
    ],
    [
      "of a rollout to a third version goes to the weights before it",
      ['{ "v1": 1, "v2": 1 }', '{ "v1": 1, "v2": 1, "v3": 1 }'],
      undefined,
      ["greet@production v1=1,v2=1,v3=1 → v1=1,v2=1"],
      [],
    ],
    ["has no target if the alias never moved", ['"v1"'], undefined, [], ["alias/no-earlier-target"]],
    [
      "finds a target before a broken commit",
      ['"v1"', '"nonsense"', '"v2"'],
      undefined,
      ["greet@production v2 → v1"],
      [],
    ],
  ])("%s", async (_what, texts, working, edits, codes) => {
    const repository = history(...texts.map(pointing));
    if (working !== undefined) repository.write("aliases.json", pointing(working));
    const found = await plan(repository.dir, git, BACK);
    expect(found.edits).toEqual(edits);
    expect(found.codes).toEqual(codes);
  });

  it("names the commit that it restores", async () => {
    const { dir } = history(pointing('"v1"'), pointing('{ "v1": 9, "v2": 1 }'), pointing('"v2"'));
    const [edit] = (await plan(dir, git, BACK)).planned?.edits ?? [];
    expect(edit?.restores?.commit).toBe(runGit(dir, ["rev-parse", "HEAD~2"]).toString().trim());
  });

  it("restores a deleted alias", async () => {
    const { dir } = history(pointing('"v1"'), pointing('"v2"'), "{}");
    expect((await plan(dir, git, BACK)).edits).toEqual(["greet@production nothing → v2"]);
  });

  it("follows the branch that was merged into", async () => {
    const repository = history(pointing('"v1"'));
    repository.git("checkout", "--quiet", "-b", "side");
    repository.write("aliases.json", pointing('"v3"')).commit("On the side");
    repository.git("checkout", "--quiet", "main");
    repository.write("other.txt", "x").commit("Meanwhile");
    repository.git("merge", "--quiet", "--no-ff", "-m", "Merge", "side");
    expect((await plan(repository.dir, git, BACK)).edits).toEqual(["greet@production v3 → v1"]);
  });

  it("works on a detached HEAD, from the history of that commit", async () => {
    const repository = history(pointing('"v1"'), pointing('"v2"'), pointing('"v3"'));
    repository.git("checkout", "--quiet", "HEAD~1");
    expect((await plan(repository.dir, git, BACK)).edits).toEqual(["greet@production v2 → v1"]);
  });

  it("reports that a clone lacks older commits, and goes back within those that it has", async () => {
    const { dir } = history(pointing('"v1"'), pointing('"v2"'), pointing('"v3"'));
    const shallow = (depth: number) => {
      const clone = createFolder();
      runGit(clone, ["clone", "--quiet", `--depth=${depth}`, `file://${dir}`, "."]);
      return clone;
    };
    const [one, two] = [shallow(1), shallow(2)];
    const found = await plan(one, git, BACK);
    expect(found.codes).toEqual(["alias/no-earlier-target"]);
    expect(found.diagnostics[0]?.hint).toContain("git fetch --unshallow");
    expect((await plan(two, git, BACK)).edits).toEqual(["greet@production v3 → v2"]);
  });

  it("reports an alias that was never committed", async () => {
    const repository = createRepository();
    repository.write("aliases.json", pointing('"v1"'));
    const { codes, diagnostics } = await plan(repository.dir, git, BACK);
    expect(codes).toEqual(["alias/no-earlier-target"]);
    expect(diagnostics[0]?.message).toContain("not committed yet");
  });

  it("reports an alias that never existed", async () => {
    const { dir } = history(pointing('"v1"'));
    const { codes, diagnostics } = await plan(dir, git, { ...BACK, alias: "prodction" });
    expect(codes).toEqual(["alias/unknown-alias"]);
    expect(diagnostics[0]?.hint).toBe('did you mean "production"?');
  });

  it("reads the project's own file in a subfolder", async () => {
    const repository = createRepository();
    for (const version of [1, 2])
      repository
        .write("app/aliases.json", pointing(`"v${version}"`))
        .write("aliases.json", "{}")
        .commit();
    expect((await plan(join(repository.dir, "app"), git, BACK)).edits).toEqual(["greet@production v2 → v1"]);
  });
});

describe("a promotion", () => {
  const promote = (more: Partial<Extract<AliasRequest, { kind: "promote" }>> = {}): AliasRequest => ({
    kind: "promote",
    names: "all",
    from: "staging",
    to: "production",
    ...more,
  });
  const project = (text: string) => createRepository().write("aliases.json", text).dir;
  const THREE = `{
  "c": { "staging": "v3", "production": "v3" },
  "a": { "staging": "v2", "production": "v1" },
  "b": { "staging": "v1" },
  "d": { "production": "v1" }
}
`;

  it("moves many prompts in one edit, and skips those that are already there", async () => {
    const { edits, planned, codes } = await plan(project(THREE), "auto", promote());
    expect(edits).toEqual(["a@production v1 → v2", "b@production nothing → v1"]);
    expect(planned?.unchanged.map(({ name }) => name)).toEqual(["c"]);
    expect(planned?.text.after).toBe(
      THREE.replace(
        '{ "staging": "v2", "production": "v1" }',
        '{\n    "staging": "v2",\n    "production": "v2"\n  }',
      ).replace('{ "staging": "v1" }', '{\n    "staging": "v1",\n    "production": "v1"\n  }'),
    );
    expect(codes).toEqual([]);
  });

  it.each<[what: string, text: string, request: AliasRequest, edits: string[], codes: string[]]>([
    [
      "keeps weights",
      '{ "a": { "staging": { "v1": 1, "v2": 2 } } }',
      promote(),
      ["a@production nothing → v1=1,v2=2"],
      [],
    ],
    ["refuses the working file", '{ "a": { "staging": "working" } }', promote(), [], ["alias/not-promotable"]],
    ["refuses an invalid target", '{ "a": { "staging": 3 } }', promote(), [], ["alias/not-promotable"]],
    [
      "reports each prompt without the alias",
      THREE,
      promote({ names: ["d", "a"] }),
      ["a@production v1 → v2"],
      ["alias/unknown-alias"],
    ],
    ["reports an alias that no prompt has", THREE, promote({ from: "stagin" }), [], ["alias/unknown-alias"]],
    ["can be for some callers", THREE, promote({ names: ["a"], share: 10 }), ["a@production v1 → v1=90,v2=10"], []],
    [
      "can be for more of them",
      '{ "a": { "staging": "v2", "production": { "v1": 90, "v2": 10 } } }',
      promote({ share: 50 }),
      ["a@production v1=90,v2=10 → v1=50,v2=50"],
      [],
    ],
    [
      "keeps the proportions of the other versions",
      '{ "a": { "staging": "v3", "production": { "v1": 3, "v2": 1 } } }',
      promote({ share: 20 }),
      ["a@production v1=3,v2=1 → v1=3,v2=1,v3=1"],
      [],
    ],
    [
      "is finally for all callers",
      '{ "a": { "staging": "v2", "production": { "v1": 50, "v2": 50 } } }',
      promote({ share: 100 }),
      ["a@production v1=50,v2=50 → v2"],
      [],
    ],
    [
      "needs a version for the others",
      '{ "a": { "staging": "v2" } }',
      promote({ share: 10 }),
      [],
      ["alias/not-promotable"],
    ],
  ])("%s", async (_what, text, request, edits, codes) => {
    const found = await plan(project(text), "auto", request);
    expect([found.edits, found.codes]).toEqual([edits, codes]);
  });

  const promotable = (size: number) => {
    const entries = Array.from({ length: size }, (_, n) => `  "p${n}": { "staging": "v2", "production": "v1" }`);
    return `{\n${entries.join(",\n")}\n}\n`;
  };

  it("of a thousand prompts is fast", async () => {
    const dirs = new Map([200, 1000].map((size) => [size, project(promotable(size))]));
    const planAll = async (size: number) => {
      const { edits } = await plan(dirs.get(size) ?? "", "auto", promote());
      expect(edits).toHaveLength(size);
    };
    expect(await growth(planAll, 200, 1000)).toBeLessThan(15);
  });
});

describe("a file that cannot be edited", () => {
  it.each([
    ["{", "json/syntax"],
    ["[]", "alias/invalid-entry"],
    ['{ "a": "v1" }', "alias/invalid-entry"],
    ['{ "a": {}, "a": {} }', "json/duplicate-key"],
    [
      '{\n<<<<<<< HEAD\n  "a": { "x": "v1" }\n=======\n  "a": { "x": "v2" }\n>>>>>>> side\n}\n',
      "alias/conflict-markers",
    ],
  ])("%j is refused", async (text, code) => {
    const { dir } = createRepository().write("aliases.json", text);
    const { planned, codes } = await plan(dir, "auto", { kind: "set", name: "a", alias: "x", to: "v1" });
    expect([planned, codes]).toEqual([undefined, [code]]);
  });

  it("includes the result of a real merge conflict, with its place", async () => {
    const repository = history('{\n  "greet": { "production": "v1" }\n}\n');
    repository.git("checkout", "--quiet", "-b", "side");
    repository.write("aliases.json", '{\n  "greet": { "production": "v2" }\n}\n').commit();
    repository.git("checkout", "--quiet", "main");
    repository.write("aliases.json", '{\n  "greet": { "production": "v3" }\n}\n').commit();
    expect(() => repository.git("merge", "--quiet", "side")).toThrow();
    const { diagnostics } = await plan(repository.dir, "auto", BACK);
    expect(diagnostics.map(({ code, range }) => [code, range?.start.line])).toEqual([["alias/conflict-markers", 2]]);
  });
});

describe("applying", () => {
  const SET: AliasRequest = { kind: "set", name: "greet", alias: "production", to: "v2" };

  async function planned(dir: string, request: AliasRequest = SET) {
    const { plan: edits } = await withRepository(dir, {}, (repository) =>
      planAliasEdits(repository, request, async () => NEWEST),
    );
    if (edits === undefined) throw new Error("there is no plan");
    // Plans are data: one that was stored and read again is applied in the same way.
    return JSON.parse(JSON.stringify({ edits: edits.edits, text: edits.text, locks: [] })) as AliasWrites;
  }

  it("writes the file, keeps its permissions, and leaves no temporary file", async () => {
    const { dir } = createRepository().write("aliases.json", pointing('"v1"'));
    chmodSync(join(dir, "aliases.json"), 0o640);
    expect((await applyAliasEdits(dir, await planned(dir))).diagnostics).toEqual([]);
    expect(readFileSync(join(dir, "aliases.json"), "utf8")).toBe(pointing('"v2"'));
    expect(statSync(join(dir, "aliases.json")).mode & 0o777).toBe(0o640);
    expect(readdirSync(dir).sort()).toEqual([".git", "aliases.json"]);
  });

  it("creates a missing file, but does not replace one that appeared after the plan", async () => {
    const repository = createRepository();
    const plan = await planned(repository.dir);
    expect((await applyAliasEdits(repository.dir, plan)).result?.edits).toHaveLength(1);
    expect(readFileSync(join(repository.dir, "aliases.json"), "utf8")).toBe(
      '{\n  "greet": {\n    "production": "v2"\n  }\n}\n',
    );
    expect((await applyAliasEdits(repository.dir, plan)).diagnostics[0]?.code).toBe("alias/changed-meanwhile");
  });

  it("keeps what others have changed since the plan, in one process or in several", async () => {
    const text = (pointers: readonly string[]) => `{\n${pointers.join(",\n")}\n}\n`;
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
    const repository = createRepository().write("aliases.json", text(['  "p0": { "other": "v1" }']));
    const plans = await Promise.all(names.map((name) => planned(repository.dir, { ...SET, name })));
    const applied = await Promise.all(plans.map((plan) => applyAliasEdits(repository.dir, plan)));
    expect(applied.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    const written = JSON.parse(readFileSync(join(repository.dir, "aliases.json"), "utf8")) as Record<string, object>;
    expect(written).toEqual({
      ...Object.fromEntries(names.map((name) => [name, { production: "v2" }])),
      p0: { other: "v1", production: "v2" },
    });
  });

  it("writes nothing if the pointer has moved since the plan", async () => {
    const repository = createRepository().write("aliases.json", pointing('"v1"'));
    const plan = await planned(repository.dir);
    repository.write("aliases.json", pointing('"v3"'));
    const { result, diagnostics } = await applyAliasEdits(repository.dir, plan);
    expect([result, diagnostics.map(({ code }) => code)]).toEqual([undefined, ["alias/changed-meanwhile"]]);
    expect(readFileSync(join(repository.dir, "aliases.json"), "utf8")).toBe(pointing('"v3"'));
  });

  it("does not follow a symbolic link", async () => {
    const repository = createRepository().write("config/pointers.json", pointing('"v1"'));
    symlinkSync("config/pointers.json", join(repository.dir, "aliases.json"));
    const { diagnostics } = await withRepository(repository.dir, {}, (opened) =>
      planAliasEdits(opened, SET, async () => NEWEST),
    );
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([["project/not-a-file", "aliases.json"]]);
  });

  it("removes what a killed process left behind", async () => {
    const repository = createRepository().write("aliases.json", pointing('"v1"'));
    repository.write(".aliases.json.999999-0123456789ab", "half");
    await applyAliasEdits(repository.dir, await planned(repository.dir));
    expect(readdirSync(repository.dir).sort()).toEqual([".git", "aliases.json"]);
  });
});
