import { createProject } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { readSettings } from "../settings/read-settings.js";
import { findUsages } from "./find-usages.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PACKAGE = { "packages/prompts/package.json": '{ "name": "@acme/prompts", "type": "module" }' };

/** The sources of a project, listed by the git program. */
async function openSources(dir: string) {
  return { ...(await readSettings(dir)), git: "native" as const };
}

/** Usages as `file:line:column name@ref`, with what is unknown as `?`. */
async function usagesIn(files: Readonly<Record<string, string>>, config: object = {}): Promise<string[]> {
  const repository = createProject({ ...PACKAGE, ...files, "cuecard.config.json": JSON.stringify(config) });
  const project = await openSources(repository.dir);
  expect(project.diagnostics).toEqual([]);
  return (await findUsages(project)).usages.map(
    ({ file, line, column, name, ref, dynamic, kind }) =>
      `${file}:${line}:${column} ${kind} ${name ?? "?"}@${ref ?? "?"}${dynamic ? " dynamic" : ""}`,
  );
}

/** One file's usages as `name@ref`. */
async function usagesOf(text: string, file = "a.ts"): Promise<string[]> {
  return (await usagesIn({ [file]: text })).map((usage) => usage.replace(/^\S+ \S+ /, ""));
}

it("follows a loader into the files that import it", async () => {
  const usages = await usagesIn({
    "src/prompts.ts": 'import { at } from "@acme/prompts";\nexport const prompt = at("production");',
    "src/use.ts": 'import { prompt } from "./prompts.js";\nprompt("greet").format();',
  });
  expect(usages).toEqual(["src/use.ts:2:1 load greet@production"]);
});

it("follows aliases that move at run time into the files that import them", async () => {
  const usages = await usagesIn({
    "src/live.ts":
      'import { prompts, type FollowState } from "@acme/prompts/follow";\nexport const live = prompts.follow({ source: "x" });',
    "src/use.ts": 'import { live } from "./live.js";\nlive.load("greet", "production").format();',
    "src/all.ts": 'export * from "./live.js";',
    "src/more.ts": 'import * as all from "./all.js";\nall.live.find("greet", "v2");',
  });
  expect(usages).toEqual(["src/more.ts:2:10 load greet@v2", "src/use.ts:2:6 load greet@production"]);
});

describe("usages in one file", () => {
  const load = 'import { load } from "@acme/prompts";\n';
  it.each([
    ["a call", `${load}load("greet", "production").format({});`, ["greet@production"]],
    ["a number", `${load}load("greet", 3);`, ["greet@v3"]],
    [
      "a URI",
      `${load}load("prompts:/a/greet@production"); load("prompts:/greet/3");`,
      ["a/greet@production", "greet@v3"],
    ],
    ["a URI that is none", `${load}load("prompts:/greet");`, ["prompts:/greet@?"]],
    ["a name alone", `${load}load("greet");`, ["greet@?"]],
    ["an imported alias", 'import { load as get } from "@acme/prompts"; get("a", "v1");', ["a@v1"]],
    ["a namespace", 'import * as p from "@acme/prompts"; p.load("a", "v1"); p["load"]("b", "v2");', ["a@v1", "b@v2"]],
    ["a constant alias", `${load}const get = load; const again = get!; again("a", "v1");`, ["a@v1"]],
    ["import()", 'const { load: get } = await import("@acme/prompts"); get("a", "v1");', ["a@v1"]],
    ["import() in place", '(await import("@acme/prompts")).load("a", "v1");', ["a@v1"]],
    ["import().then", 'import("@acme/prompts").then(({ load }) => load("a", "v1"));', ["a@v1"]],
    ["import().then, whole", 'import("@acme/prompts").then((p) => p.load("a", "v1"));', ["a@v1"]],
    ["import = require", 'import p = require("@acme/prompts"); p.load("a", "v1");', ["a@v1"]],
    ["require", 'const { load } = require("@acme/prompts"); load("a", "v1");', ["a@v1"], "a.js"],
    ["require, whole", 'const p = require("@acme/prompts"); p.load("a", "v1");', ["a@v1"], "a.cjs"],
    ["require in place", 'require("@acme/prompts").load("a", "v1");', ["a@v1"], "a.cjs"],
    ["a prompt's module", 'import { production, v1 as first } from "@acme/prompts/a/b";', ["a/b@production", "a/b@v1"]],
    ["its namespace", 'import * as b from "@acme/prompts/b"; b.v1.format(); b.dev;', ["b@v1", "b@dev"]],
    ["its import()", 'const { v2 } = await import("@acme/prompts/b");', ["b@v2"]],
    ["its types", 'import type { V2Input, WorkingOutput } from "@acme/prompts/b";', ["b@v2", "b@working"]],
    ["a constant", `${load}const NAME = "a", REF = "v1" as const; load(NAME, REF);`, ["a@v1"]],
    ["a typed constant", `${load}const NAME: string = "a"; load(NAME as never, \`v1\`);`, ["a@v1"]],
    ["a constant object", `${load}const N = { x: { y: "a" } } as const; load(N.x.y, "v1");`, ["a@v1"]],
    ["an enum", `${load}enum N { A = "a" } load(N.A, "v1");`, ["a@v1"]],
    ["a choice", `${load}load(x ? "a" : "b", y ? "v1" : "v2");`, ["a@v1", "a@v2", "b@v1", "b@v2"]],
    ["a template", `${load}const N = "a"; load(\`prompts:/\${N}@\${x ? "v1" : "dev"}\`);`, ["a@v1", "a@dev"]],
    ["a union", `${load}function f(r: "v1" | "dev") { load("a", r); }`, ["a@v1", "a@dev"]],
    ["find", 'import { find } from "@acme/prompts"; find("a", "v1"); find("prompts:/b/2");', ["a@v1", "b@v2"]],
    ["at", 'import { at } from "@acme/prompts"; at("dev")("a");', ["a@dev"]],
    [
      "a loader",
      'import { at } from "@acme/prompts"; const prompt = at("dev"); prompt("a"); prompt("b");',
      ["a@dev", "b@dev"],
    ],
    [
      "a loader of a namespace",
      'import * as p from "@acme/prompts"; const get = p.at("dev"); get("a").format();',
      ["a@dev"],
    ],
    [
      "a loader of several aliases",
      'import { at } from "@acme/prompts"; const get = at(x ? "dev" : "v1"); get("a");',
      ["a@dev", "a@v1"],
    ],
    [
      "follow",
      'import { follow } from "@acme/prompts/follow"; const live = follow({ source: "x" }); live.load("a", "v1");',
      ["a@v1"],
    ],
    [
      "follow, every way to load",
      'import { prompts as p } from "@acme/prompts/follow"; const { load, find } = p.follow(o), live = p.follow(o); load("a", "v1"); find("b", 2); live.at("dev")("c"); live.load("prompts:/d@dev"); live.state.pointers; live.refresh();',
      ["a@v1", "b@v2", "c@dev", "d@dev"],
    ],
    [
      "a prompt named follow",
      'import { follow, production, type V2Input, FollowError } from "@acme/prompts/follow"; import * as f from "@acme/prompts/follow"; f.v1; f.FollowError;',
      ["follow@production", "follow@v2", "follow@v1"],
    ],
    ["follow in place", 'import * as f from "@acme/prompts/follow"; f.prompts.follow(o).load("a", "v1");', ["a@v1"]],
    [
      "follow, for a block",
      'import { follow } from "@acme/prompts/follow"; { using live = follow(o); live.load("a", "v1"); }',
      ["a@v1"],
    ],
    [
      "follow handed away",
      'import { follow } from "@acme/prompts/follow"; f(follow); f(follow(o));',
      ["?@? dynamic", "?@? dynamic"],
    ],
    ["brackets and assertions", `${load}(load as any)(("a"), <any>"v1" as never);`, ["a@v1"]],
    ["JSX", `${load}const x = <p title={load("a", "v1").format()}>{load("b", "v1")}</p>;`, ["a@v1", "b@v1"], "a.tsx"],
    ["class members", `${load}class A { prompt = load("a", "v1"); static { load("b", "v1"); } }`, ["a@v1", "b@v1"]],
    ["nested calls", `${load}load("a", "v1").format({ x: load("b", "v2").format() });`, ["a@v1", "b@v2"]],
    ["an import with a comment", 'const p = import(/* c */ "@acme/prompts"); (await p).load("a", "v1");', ["a@v1"]],
    // What cannot be known
    ["a variable name", `${load}let n = "a"; load(n, "v1");`, ["?@v1 dynamic"]],
    ["a variable version", `${load}load("a", process.env.REF ?? "v1");`, ["a@? dynamic"]],
    ["a parameter", `${load}const f = (n: string, r: string) => load(n, r);`, ["?@? dynamic"]],
    ["find, outside names", 'import { find } from "@acme/prompts"; find(row.name, row.ref);', ["?@? dynamic"]],
    [
      "a loader for any name",
      'import { at } from "@acme/prompts"; const get = at("dev"); get(name);',
      ["?@dev dynamic"],
    ],
    ["a loader for any alias", 'import { at } from "@acme/prompts"; const get = at(env); get("a");', ["a@? dynamic"]],
    ["a loader handed away", 'import { at } from "@acme/prompts"; const get = at("dev"); f(get);', ["?@dev dynamic"]],
    ["at handed away", 'import { at } from "@acme/prompts"; f(at); f(at(env));', ["?@? dynamic", "?@? dynamic"]],
    ["spread", `${load}load(...args);`, ["?@? dynamic"]],
    ["load handed away", `${load}names.map(load); const o = { load }; let f = load;`, Array(3).fill("?@? dynamic")],
    ["a variable that may be another", `${load}let f = load; f = g; f("a", "v1");`, ["?@? dynamic"]],
    ["load as a property", `${load}load.call(null, "a", "v1");`, ["?@? dynamic"]],
    [
      "a namespace handed away",
      'import * as p from "@acme/prompts"; f(p); p[x]("a", "v1");',
      Array(2).fill("?@? dynamic"),
    ],
    ["a prompt handed away", 'import * as b from "@acme/prompts/b"; f(b); b[ref];', Array(2).fill("b@? dynamic")],
    ["the rest", 'const { ...rest } = await import("@acme/prompts");', ["?@? dynamic"]],
    // What is none
    ["another's load", 'import { load } from "./other"; load("a", "v1"); // @acme/prompts', []],
    ["a shadowed load", `${load}function f(load: any) { load("a", "v1"); } { const load = g; load("a", "v1"); }`, []],
    ["comments and texts", `${load}// load("a", "v1")\nconst s = 'load("a", "v1")';`, []],
    ["types", `${load}type L = typeof load; let f: (l: typeof load) => void;`, []],
    ["errors", 'import { PromptInputError } from "@acme/prompts"; throw new PromptInputError();', []],
    ["the manifest", 'import manifest from "@acme/prompts/manifest.json"; use(manifest);', []],
    ["a longer name", 'import { load } from "@acme/prompts-old"; load("a", "v1");', []],
    ["members of that name", `${load}const o = { load: 1 }; o.load; class A { load() {} }`, []],
    ["an import for nothing", 'await import("@acme/prompts"); import "@acme/prompts";', []],
  ] as [string, string, string[], string?][])("%s", async (_, text, expected, file) => {
    expect(await usagesOf(text, file)).toEqual(expected);
  });

  it("gives what can be read of a file with syntax errors", async () => {
    expect(
      await usagesOf(`import { load } from "@acme/prompts";\nload("a", "v1");\nconst x = {;\nload("b", "v1"`),
    ).toEqual(["a@v1", "b@v1"]);
  });

  it("survives constants that go in circles", async () => {
    const text = 'import { load } from "@acme/prompts"; const a = b; const b = a; load(a, b); const { x } = x; x("a");';
    expect(await usagesOf(text)).toEqual(["?@? dynamic"]);
  });
});

describe("usages across files", () => {
  it("follows what modules hand on, however far", async () => {
    const files = {
      "lib/a.ts": 'export { load as get } from "@acme/prompts";',
      "lib/b/index.ts": 'export * from "../a.js"; export * as all from "@acme/prompts";',
      "lib/c.ts": 'import { get, all } from "./b"; export const take = get; export default all; get("c", "v1");',
      "lib/d.ts": 'export { production as greeting } from "@acme/prompts/greet";',
      "lib/e.ts": 'export { take } from "./c"; export { nothing } from "./b";',
      "app/main.ts":
        'import p, { take } from "../lib/c";\nimport { greeting } from "../lib/d";\ntake("a", "v1");\np.load("b", "v2");\n',
      "app/other.ts":
        'import { take } from "../lib/e";\nimport { nothing } from "../lib/e";\ntake("d", "v1"); nothing("e");',
    };
    expect(await usagesIn(files)).toEqual([
      "app/main.ts:2:10 import greet@production",
      "app/main.ts:3:1 load a@v1",
      "app/main.ts:4:3 load b@v2",
      "app/other.ts:3:1 load d@v1",
      "lib/c.ts:1:78 load c@v1",
      "lib/d.ts:1:10 import greet@production",
    ]);
  });

  it("follows CommonJS", async () => {
    const files = {
      "a.cjs": 'const { load } = require("@acme/prompts"); module.exports = { load, get: load };',
      "b.cjs": 'exports.take = require("./a.cjs").get;',
      "c.cjs": 'module.exports = require("@acme/prompts");',
      "d.cjs":
        'require("./b.cjs").take("a", "v1"); require("./c.cjs").load("b", "v1"); const { load } = require("./a.cjs"); load("c", "v1");',
    };
    expect((await usagesIn(files)).map((usage) => usage.split(" ")[2])).toEqual(["a@v1", "b@v1", "c@v1"]);
  });

  it("takes constants of other modules", async () => {
    const files = {
      "names.ts":
        'export const GREET = "greet"; export enum Ref { P = "production" } export * from "./more"; export let no = "a";',
      "more.ts": 'const V = { one: "v1" } as const; export { V };',
      "a.ts":
        'import { load } from "@acme/prompts"; import { GREET, Ref, V, no } from "./names"; load(GREET, Ref.P); load(GREET, V.one); load(no, "v1");',
    };
    expect((await usagesIn(files)).map((usage) => usage.split(" ").slice(2).join(" "))).toEqual([
      "greet@production",
      "greet@v1",
      "?@v1 dynamic",
    ]);
  });

  it("resolves packages of the workspace, path patterns, own imports and relative paths, built or not", async () => {
    const use = (specifier: string, name: string) => `import { load } from "${specifier}";\nload("${name}", "v1");`;
    const handsOn = 'export { load } from "@acme/prompts";';
    const files = {
      "packages/ai/package.json": JSON.stringify({
        name: "@acme/ai",
        exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./deep/*": "./dist/deep/*.js" },
        imports: { "#own": "./src/index.ts" },
      }),
      "packages/ai/src/index.ts": handsOn,
      "packages/ai/src/deep/x.ts": handsOn,
      "packages/ai/src/user.ts": use("#own", "own"),
      "packages/plain/package.json": '{ "name": "plain", "main": "lib/index.js" }',
      "packages/plain/src/index.ts": handsOn,
      "app/tsconfig.json":
        '{ // comments\n "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"], "prompts": ["../packages/prompts/dist/index.d.ts"], }, } }',
      "app/src/lib/p.ts": handsOn,
      "app/src/a.ts": use("@acme/ai", "package"),
      "app/src/b.ts": use("@acme/ai/deep/x", "subpath"),
      "app/src/c.ts": use("plain", "main"),
      "app/src/d.ts": use("@/lib/p", "pattern"),
      "app/src/e.ts": use("prompts", "mapped"),
      "app/src/f.ts": use("../../packages/prompts/dist/index.js", "relative"),
      "app/src/g.ts": 'import { v1 } from "../../packages/prompts/dist/prompts/in/folder.js";',
      "other/d.ts": use("@/lib/p", "elsewhere"),
    };
    expect((await usagesIn(files)).map((usage) => usage.split(" ").at(-1))).toEqual([
      "package@v1",
      "subpath@v1",
      "main@v1",
      "pattern@v1",
      "mapped@v1",
      "relative@v1",
      "in/folder@v1",
      "own@v1",
    ]);
  });

  it.each(["native", "isomorphic"])("leaves out what is installed, generated, ignored or deleted (%s)", async (git) => {
    const text = 'import { load } from "@acme/prompts"; load("a", "v1");';
    const repository = createProject({
      ...PACKAGE,
      "cuecard.config.json": JSON.stringify({ git }),
      "tracked.ts": text,
      "deleted.ts": text,
    });
    repository.commit();
    repository.git("rm", "-q", "--cached", "deleted.ts");
    repository.write({
      "untracked.mts": text,
      "deep/er.jsx": text,
      "types.d.ts": text,
      "text.md": text,
      "dist/a.js": text,
      "node_modules/x/a.js": text,
      "packages/prompts/dist/index.js": text,
      "packages/prompts/extra.ts": text,
      ".cache/a.ts": text,
      ".gitignore": "node_modules/\ndist*/\n.cache\n",
    });
    const { rmSync } = await import("node:fs");
    rmSync(`${repository.dir}/deleted.ts`);
    const { usages } = await findUsages(await openSources(repository.dir));
    expect(usages.map(({ file }) => file)).toEqual(["deep/er.jsx", "tracked.ts", "untracked.mts"]);
  });

  it("looks at the whole repository of a project in a subfolder", async () => {
    const repository = createProject({
      "ai/packages/prompts/package.json": '{ "name": "@acme/prompts" }',
      "ai/prompts/a.md": "Hi",
      "ai/x.ts": 'import { load } from "@acme/prompts"; load("a", "v1");',
      "services/y.ts": 'import { load } from "@acme/prompts"; load("a", "v2");',
    });
    const { usages } = await findUsages(await openSources(`${repository.dir}/ai`));
    expect(usages.map(({ file, ref }) => `${file} ${ref}`)).toEqual(["../services/y.ts v2", "x.ts v1"]);
  });
});
