import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import {
  copyFolder,
  createProject,
  createProjectFolder,
  greetProject,
  killAtStep,
  recordSteps,
  restoreFolder,
  spread,
  type TestRepository,
} from "@cuecard/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { listWrittenFiles } from "../../project/src/build/list-written-files.js";
import { PackageWriter } from "../../project/src/build/package-writer.js";
import { putInPlace } from "../../project/src/build/write-package.js";
import { compile, openRegistry } from "../src/index.js";
import { CUECARD } from "./built-program.js";
import { loadedModules } from "./loaded-modules.js";
import { runCommand } from "./run-command.js";

// This file watches and starts the command: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const dist = (dir: string, file = "") => path.join(dir, "packages/prompts/dist", file);
const build = (dir: string, ...args: string[]) => runCommand(["build", ...args], { cwd: dir });

/** Every file below a folder with its text. */
function texts(dir: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const file = path.join(entry.parentPath, entry.name);
      found[path.relative(dir, file)] = readFileSync(file, "utf8");
    }
  return found;
}

function cacheFile(dir: string, name: string): string {
  const folder = path.join(dir, "node_modules/.cache/cuecard");
  return path.join(folder, readdirSync(folder)[0] ?? "", name);
}

describe("build", () => {
  it("writes the package and the lock", async () => {
    const { dir, git } = greetProject();
    const { code, stdout } = await build(dir);
    expect(stdout).toMatch(/^✓ 1 prompt, 2 versions → packages\/prompts\/dist \(\d+ files changed\) in /);
    expect(stdout).toContain("prompts.lock: added greet@v1, greet@v2; commit it");
    expect(code).toBe(0);
    expect(Object.keys(texts(dist(dir))).sort()).toEqual([
      ...["follow.cjs", "follow.d.cts", "follow.d.ts", "follow.js"],
      "index.cjs",
      "index.d.cts",
      "index.d.cts.map",
      "index.d.ts",
      "index.d.ts.map",
      "index.js",
      "manifest.json",
      "prompts/greet.cjs",
      "prompts/greet.d.cts",
      "prompts/greet.d.cts.map",
      "prompts/greet.d.ts",
      "prompts/greet.d.ts.map",
      "prompts/greet.js",
    ]);
    expect(git("status", "--short")).toBe("?? prompts.lock");
  });

  it("writes what the programmatic API compiles", async () => {
    const { dir } = greetProject();
    await build(dir);
    const { files, diagnostics } = await compile({ dir });
    expect(Object.fromEntries(files)).toEqual(texts(dist(dir)));
    expect(diagnostics).toEqual([]);
  });

  it("changes nothing if there are errors", async () => {
    const repository = greetProject();
    await build(repository.dir);
    const before = texts(dist(repository.dir));
    repository.write({ "prompts/greet.md": "{{#if x}}" });
    const { code, stderr, stdout } = await build(repository.dir);
    expect(stderr).toContain("prompts/greet.md:1:");
    expect([code, stdout]).toEqual([1, ""]);
    expect(texts(dist(repository.dir))).toEqual(before);
  });

  it("does not update a frozen lock: with --frozen, and in CI", async () => {
    const { dir } = greetProject();
    for (const options of [{ args: ["--frozen"] }, { args: [], env: { CI: "1" } }]) {
      const { code, stderr } = await runCommand(["build", ...options.args], { cwd: dir, env: options.env ?? {} });
      expect(stderr).toContain("lock/missing-line");
      expect(code).toBe(1);
    }
    expect(existsSync(path.join(dir, "prompts.lock"))).toBe(false);
    const thawed = await runCommand(["build", "--no-frozen"], { cwd: dir, env: { CI: "1" } });
    expect(thawed.code).toBe(0);
    expect((await runCommand(["build"], { cwd: dir, env: { CI: "1" } })).code).toBe(0);
  });

  it("writes to the folder of --out", async () => {
    const { dir } = greetProject();
    await build(dir, "--out", "generated");
    expect(existsSync(path.join(dir, "generated/dist/index.js"))).toBe(true);
    expect(existsSync(dist(dir))).toBe(false);
  });

  it("does not replace files that it did not write", async () => {
    const repository = greetProject();
    repository.write({ "packages/prompts/dist/mine.txt": "mine" });
    const { code, stderr } = await build(repository.dir);
    expect(stderr).toContain("output/not-generated");
    expect(code).toBe(1);
    expect(texts(dist(repository.dir))).toEqual({ "mine.txt": "mine" });
  });

  it.each([
    ["a web bundler's", '{ "src/main.ts": { "file": "app.js" } }'],
    ["a web app's", '{ "manifest_version": 3, "prompts": {} }'],
    ["no JSON", "manifest"],
    ["null", "null"],
  ])("replaces nothing beside a manifest.json of another tool: %s", async (_, manifest) => {
    const repository = greetProject();
    repository.write({ "web/dist/manifest.json": manifest, "web/dist/app.js": "app" });
    const before = texts(path.join(repository.dir, "web"));
    const { code, stderr } = await build(repository.dir, "--out", "web");
    expect(stderr).toContain("output/not-generated");
    expect(code).toBe(1);
    expect(texts(path.join(repository.dir, "web"))).toEqual(before);
    expect(existsSync(path.join(repository.dir, "prompts.lock"))).toBe(false);
  });

  it.each(["mine.txt", "sub/mine.js", "prompts/mine.txt"])(
    "deletes nothing that somebody put into the package: %s",
    async (file) => {
      const repository = greetProject();
      await build(repository.dir);
      repository.write({ [`packages/prompts/dist/${file}`]: "mine" });
      const before = texts(dist(repository.dir));
      // Where nothing else changed, and where a build would write another package.
      for (const text of [undefined, "New {{name}}"]) {
        if (text !== undefined) repository.write({ "prompts/greet.md": text });
        const { code, stderr } = await build(repository.dir);
        expect(stderr).toContain(`packages/prompts/dist contains ${file}, which Cuecard did not write`);
        expect(stderr).toContain("output/not-generated");
        expect(code).toBe(1);
        expect(texts(dist(repository.dir))).toEqual(before);
      }
    },
  );

  it("keeps the old package if prompts.lock cannot be written", async () => {
    const repository = greetProject();
    await build(repository.dir);
    const before = texts(dist(repository.dir));
    repository.tag("greet@v3");
    // Nothing can be linked to where a folder is.
    mkdirSync(path.join(repository.dir, ".git/cuecard-prompts.lock"));
    const { code, stderr } = await build(repository.dir);
    expect([code, stderr]).toEqual([1, expect.stringContaining("EISDIR")]);
    expect(texts(dist(repository.dir))).toEqual(before);
    expect(readdirSync(path.join(repository.dir, "packages/prompts")).sort()).toEqual(["dist", "package.json"]);
  });
});

describe("an unchanged build", () => {
  it("compiles nothing, writes nothing, and does not load the compiler", async () => {
    const { dir } = greetProject();
    await build(dir);
    await build(dir);
    const before = await listWrittenFiles(dist(dir));
    const { loaded, stdout } = loadedModules(["build"], dir);
    expect(stdout).toContain("(unchanged)");
    expect(loaded).toContain("packages/project/");
    expect(loaded).not.toContain("packages/build/src/compile");
    expect(await listWrittenFiles(dist(dir))).toEqual(before);
  });

  it("reports the same findings again", async () => {
    const { dir } = createProject({ "prompts/a.md": "Hi", "prompts/b.md": "---\nx: 1\n---\nHi" });
    const first = await build(dir);
    expect(first.stderr).toContain("front-matter/unknown-key");
    expect((await build(dir)).stderr).toBe(first.stderr);
  });

  it("keeps the modification times of unchanged files", async () => {
    const repository = greetProject();
    repository.write({ "prompts/other.md": "Other", "aliases.json": '{ "other": { "dev": "working" } }' });
    await build(repository.dir);
    const before = statSync(dist(repository.dir, "prompts/greet.js"));
    const other = statSync(dist(repository.dir, "prompts/other.js"));
    repository.write({ "prompts/other.md": "Another" });
    await build(repository.dir);
    expect(statSync(dist(repository.dir, "prompts/greet.js"))).toMatchObject({
      mtimeMs: before.mtimeMs,
      ino: before.ino,
    });
    expect(statSync(dist(repository.dir, "prompts/other.js")).ino).not.toBe(other.ino);
  });

  it.each<[string, (dir: string) => void]>([
    ["a file of the package is edited", (dir) => writeFileSync(dist(dir, "index.js"), "broken")],
    ["a file of the package is gone", (dir) => rmSync(dist(dir, "prompts/greet.js"))],
    ["a file was added to the package", (dir) => writeFileSync(dist(dir, "prompts/extra.js"), "")],
    ["the package is gone", (dir) => rmSync(dist(dir), { recursive: true })],
    ["the state is cut off", (dir) => truncateSync(cacheFile(dir, "output.json"), 40)],
    ["the state is of another shape", (dir) => writeFileSync(cacheFile(dir, "output.json"), '{"identity":1}')],
    ["the compiled versions are cut off", (dir) => truncateSync(cacheFile(dir, "compiled.bin"), 100)],
    ["the cache is gone", (dir) => rmSync(path.join(dir, "node_modules/.cache"), { recursive: true })],
    [
      "a compiled version is damaged",
      (dir) => {
        const bytes = readFileSync(cacheFile(dir, "compiled.bin"));
        bytes[10] = 0;
        writeFileSync(cacheFile(dir, "compiled.bin"), bytes);
        rmSync(dist(dir), { recursive: true });
      },
    ],
  ])("comes out right when %s", async (_, damage) => {
    const { dir } = greetProject();
    await build(dir);
    const before = texts(dist(dir));
    damage(dir);
    expect(await build(dir)).toMatchObject({ code: 0, stderr: "" });
    expect(texts(dist(dir))).toEqual(before);
    expect((await build(dir)).stdout).toContain("(unchanged)");
  });

  it.each<[string, (repository: TestRepository) => void, string]>([
    ["a pointer is added", addPointer, "manifest.json"],
    ["a version is released", ({ tag }) => tag("greet@v3"), "prompts/greet.js"],
    ["the working file changes", ({ write }) => write({ "prompts/greet.md": "New {{name}}" }), "prompts/greet.js"],
  ])("is none when %s", async (_, change, file) => {
    const repository = greetProject();
    await build(repository.dir);
    const before = texts(dist(repository.dir));
    change(repository);
    const { stdout } = await build(repository.dir);
    expect(stdout).toContain("changed)");
    expect(texts(dist(repository.dir))[file]).not.toBe(before[file]);
  });
});

it("rebuilds if a setting changes", async () => {
  const repository = createProject({ "prompts/a.md": "A" });
  const isBuilt = () => existsSync(dist(repository.dir, "prompts/a.js"));
  const built: boolean[] = [];
  for (const working of [false, true, false]) {
    repository.write({ "cuecard.config.json": JSON.stringify({ working }) });
    await build(repository.dir);
    built.push(isBuilt());
  }
  await build(repository.dir, "--working");
  expect([...built, isBuilt()]).toEqual([false, true, false, true]);
});

describe("after the setting `prompts` changed", () => {
  /** One commit that holds both folders, built from the first. */
  async function switched(files: Record<string, string>): Promise<TestRepository> {
    const repository = createProject({ "prompts/a.md": "{{> p}} old", ...files });
    repository.commit();
    repository.tag("a@v1");
    await build(repository.dir);
    repository.write({ "cuecard.config.json": '{ "prompts": "other" }' });
    return repository;
  }
  const both = { "prompts/_p.md": "P", "other/_p.md": "P", "other/a.md": "{{> p}} new" };

  it("reports that a locked version has other content in that folder", async () => {
    const { dir } = await switched(both);
    const { code, stderr } = await build(dir);
    expect(stderr).toContain("lock/digest-mismatch");
    expect(code).toBe(1);
  });

  it("locks and builds the content of that folder", async () => {
    const { dir } = await switched(both);
    rmSync(path.join(dir, "prompts.lock"));
    expect(await build(dir)).toMatchObject({ code: 0 });
    expect(texts(dist(dir))["manifest.json"]).toMatch(/new/);
    const [warm, lock] = [texts(dist(dir)), readFileSync(path.join(dir, "prompts.lock"), "utf8")];
    rmSync(path.join(dir, "node_modules/.cache"), { recursive: true });
    rmSync(path.join(dir, "prompts.lock"));
    await build(dir);
    expect([texts(dist(dir)), readFileSync(path.join(dir, "prompts.lock"), "utf8")]).toEqual([warm, lock]);
  });

  it("names that folder's files in findings about the same content", async () => {
    const broken = { "prompts/a.md": "{{#if x}}", "other/a.md": "{{#if x}}" };
    const { dir } = await switched({ ...broken, "aliases.json": '{ "a": { "production": "v1" } }' });
    const { stderr } = await build(dir);
    expect(stderr).toContain("other/a.md@v1:1:");
    expect(stderr).not.toContain("prompts/a.md");
  });
});

/** Changes nothing but a pointer: which versions are pointed at stays the same. */
function addPointer({ dir, write }: TestRepository): void {
  const pointers = JSON.parse(readFileSync(path.join(dir, "aliases.json"), "utf8"));
  write({ "aliases.json": JSON.stringify({ greet: { ...pointers.greet, canary: "v1" } }) });
}

/** Makes a dist folder hold exactly the given files. */
async function writePackage(packageDir: string, files: ReadonlyMap<string, string>): Promise<void> {
  const existing = await listWrittenFiles(path.join(packageDir, "dist"));
  const writer = new PackageWriter({ packageDir, existing });
  const shared = [...files].map(([file, head]) => ({ path: file, head, separator: "", tail: "" }));
  writer.share(shared, []);
  await putInPlace(writer, { packageDir, shownDir: "dist", existing, build: "" });
  await writer.discard();
}

/** Reads some files of a folder again and again. Reads that meet the same folder meet the same build. */
const READER = `
const { readFileSync, statSync } = require("node:fs");
const { parentPort, workerData: { folder, isDone } } = require("node:worker_threads");
const identity = () => statSync(folder, { throwIfNoEntry: false })?.ino;
const readMark = (text) => (text.startsWith("{") ? JSON.parse(text).mark : text);
const seen = [];
while (Atomics.load(isDone, 0) === 0) {
  const before = identity();
  try {
    const files = ["manifest.json", "prompts/f0.js", "prompts/f199.js"];
    const marks = [...new Set(files.map((file) => readMark(readFileSync(folder + "/" + file, "utf8"))))];
    if (identity() === before) seen.push(marks);
  } catch {
    // Between the two renames there is no folder.
  }
}
parentPort.postMessage(seen);
`;

describe("replacing the package", () => {
  const manifest = (mark: string) => JSON.stringify({ manifestVersion: 1, prompts: {}, mark });
  const readMark = (text: string): string => (text.startsWith("{") ? JSON.parse(text).mark : text);

  it("shows readers either the old or the new build, never a mixture", async () => {
    const dir = createProjectFolder();
    const tree = (mark: string) =>
      new Map([
        ["manifest.json", manifest(mark)],
        ...Array.from({ length: 200 }, (_, n) => [`prompts/f${n}.js`, mark] as const),
      ]);
    await writePackage(dir, tree("0"));
    // In a thread of its own, so that it reads while files are written.
    const isDone = new Int32Array(new SharedArrayBuffer(4));
    const reader = new Worker(READER, { eval: true, workerData: { folder: path.join(dir, "dist"), isDone } });
    const [seen] = await Promise.all([
      new Promise<string[][]>((resolve, reject) => reader.once("message", resolve).once("error", reject)),
      (async () => {
        await new Promise((resolve) => reader.once("online", resolve));
        for (let n = 1; n <= 10; n++) await writePackage(dir, tree(String(n)));
        Atomics.store(isDone, 0, 1);
      })(),
    ]);
    for (const marks of seen) expect(marks).toHaveLength(1);
    expect(new Set(seen.flat()).size).toBeGreaterThan(1);
    expect(readdirSync(dir).sort()).toEqual(["dist", "node_modules"]);
  });

  it("supports several builds at the same time", async () => {
    const dir = createProjectFolder();
    const trees = Array.from(
      { length: 8 },
      (_, n) =>
        new Map([
          ["manifest.json", manifest(`${n}`)],
          [`prompts/${n}.js`, `${n}`],
        ]),
    );
    await Promise.all(trees.map((tree) => writePackage(dir, tree)));
    const files = texts(path.join(dir, "dist"));
    const mark = readMark(files["manifest.json"] ?? "");
    expect(files).toEqual({ "manifest.json": manifest(mark), [`prompts/${mark}.js`]: mark });
    expect(readdirSync(dir).filter((name) => name.startsWith("dist."))).toEqual([]);
  });

  it("restores a folder after a kill between two renames, and removes partial folders", async () => {
    const repository = greetProject();
    await build(repository.dir);
    const before = texts(dist(repository.dir));
    const out = path.join(repository.dir, "packages/prompts");
    const dead = 2 ** 22 + 1;
    mkdirSync(path.join(out, `dist.new-${dead}-0123456789ab`));
    renameSync(path.join(out, "dist"), path.join(out, `dist.old-${dead}-0123456789ab`));
    repository.write({ "prompts/greet.md": "{{#if x}}" });
    expect((await build(repository.dir)).code).toBe(1);
    expect(readdirSync(out)).toEqual(["dist", "package.json"]);
    expect(texts(dist(repository.dir))).toEqual(before);
  });
});

// The superuser writes everywhere.
describe.skipIf(process.getuid?.() === 0 || process.platform === "win32")("without permission", () => {
  const out = (dir: string) => path.join(dir, "packages/prompts");
  const readOnly = (folder: string) => {
    chmodSync(folder, 0o555);
    onTestFinished(() => {
      if (existsSync(folder)) chmodSync(folder, 0o755);
    });
  };

  it("replaces a package that was made read-only, and leaves nothing behind", async () => {
    const repository = greetProject();
    await build(repository.dir);
    for (const folder of ["prompts", ""]) readOnly(dist(repository.dir, folder));
    repository.write({ "prompts/greet.md": "New {{name}}" });
    expect(await build(repository.dir)).toMatchObject({ code: 0, stderr: "" });
    expect(textOf(dist(repository.dir, "prompts/greet.js"))).toContain("New");
    expect(readdirSync(out(repository.dir)).sort()).toEqual(["dist", "package.json"]);
  });

  it("removes a read-only folder of a killed build", async () => {
    const { dir } = greetProject();
    const leftover = path.join(out(dir), `dist.old-${2 ** 22 + 1}-0123456789ab`);
    await build(dir);
    mkdirSync(path.join(leftover, "prompts"), { recursive: true });
    writeFileSync(path.join(leftover, "prompts/a.js"), "");
    for (const folder of ["prompts", ""]) readOnly(path.join(leftover, folder));
    expect(await build(dir)).toMatchObject({ code: 0, stderr: "" });
    expect(existsSync(leftover)).toBe(false);
  });

  it("reports what could not be written, and what to do", async () => {
    const repository = greetProject();
    await build(repository.dir);
    readOnly(out(repository.dir));
    repository.write({ "prompts/greet.md": "New {{name}}" });
    const { code, stderr } = await build(repository.dir);
    expect(stderr).toContain("the package could not be written: EACCES");
    expect(stderr).toContain("output/failed");
    expect(stderr).toContain("writable for the user who runs cuecard");
    expect(code).toBe(1);
  });

  it.each(["build", "lock"])("reports that prompts.lock could not be written: %s", async (command) => {
    const { dir } = greetProject();
    readOnly(dir);
    const { code, stderr } = await runCommand([command], { cwd: dir });
    expect(stderr).toContain("prompts.lock could not be written: EACCES");
    expect(stderr).toContain("output/failed");
    expect(code).toBe(1);
    expect(existsSync(dist(dir))).toBe(false);
  });
});

interface Watch {
  output(): string;
  /** Ends the watch; resolves to its exit code. */
  stop(): Promise<number>;
}

/** `cuecard build --watch` in this process. */
function startWatch(dir: string): Watch {
  let output = "";
  let interrupt = () => {};
  const interrupted = new Promise<void>((done) => {
    interrupt = done;
  });
  const onOutput = (text: string) => {
    output += text;
  };
  const ended = runCommand(["build", "--watch"], { cwd: dir, interrupted, onOutput });
  const stop = async () => {
    interrupt();
    return (await ended).code;
  };
  onTestFinished(async () => void (await stop()));
  return { output: () => output, stop };
}

/** A file's text; empty while it is not there. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function until(what: string, condition: () => boolean): Promise<void> {
  await vi.waitUntil(condition, { timeout: 20_000, interval: 10 }).catch(() => {
    throw new Error(`waited in vain: ${what}`);
  });
}

describe("a killed build", () => {
  it("leaves either the old or the new package", async () => {
    const repository = createProject({ "cuecard.config.json": '{ "working": true }' });
    const { dir } = repository;
    const folder = path.join(dir, "packages/prompts");
    const generation = (mark: string) => {
      for (let n = 0; n < 5; n++) repository.write({ [`prompts/p${n}.md`]: `${mark} {{name}}` });
    };
    generation("first");
    await build(dir);
    const first = texts(dist(dir));
    generation("second");
    const before = copyFolder(dir);
    const second = Object.fromEntries((await compile({ dir })).files);
    const line = [CUECARD, "build"];
    const program = { cwd: dir, env: { PATH: process.env["PATH"], HOME: dir } };
    const run = await recordSteps(line, folder, program);
    expect(texts(dist(dir))).toEqual(second);

    const seen = new Set<string>();
    const check = () => {
      if (!existsSync(dist(dir))) return;
      const left = texts(dist(dir));
      expect([first, second]).toContainEqual(left);
      seen.add(left["prompts/p0.js"] === second["prompts/p0.js"] ? "second" : "first");
    };
    const complete = async () => {
      await build(dir);
      expect(texts(dist(dir))).toEqual(second);
      expect(readdirSync(folder)).toEqual(["dist"]);
    };
    // Most steps write the new folder; the last ones put it in its place.
    const completed = new Set([...spread(run.states, 5), ...run.states.slice(-6)]);
    for (const state of run.states) {
      restoreFolder(folder, state);
      check();
      if (completed.has(state)) await complete();
    }
    expect(seen).toEqual(new Set(["first", "second"]));
    for (const step of [1, Math.round(run.steps.length / 2), run.steps.length - 1]) {
      restoreFolder(dir, before); // also the cache, so that this run has the same steps
      expect(await killAtStep(line, step, program)).toBe(true);
      check();
      await complete();
    }
  }, 120_000);
});

describe("build --watch", () => {
  it("refuses --fetch", async () => {
    const { code, stderr } = await runCommand(["build", "--watch", "--fetch"], { cwd: greetProject().dir });
    expect([code, stderr]).toEqual([2, expect.stringContaining("--fetch and --watch cannot be combined")]);
  });

  it("rebuilds after edits, continues after errors, and stops on request", async () => {
    const repository = greetProject();
    const { dir } = repository;
    const watch = startWatch(dir);
    const module = () => textOf(dist(dir, "prompts/greet.js"));
    await until("the first build", () => watch.output().includes("Watching"));

    repository.write({ "prompts/greet.md": "Edited {{name}}" });
    await until("the edit", () => module().includes("Edited"));

    repository.write({ "prompts/greet.md": "{{#if x}}" });
    await until("the error", () => watch.output().includes("template/"));
    await until("the status", () => watch.output().includes("Waiting for changes"));
    expect(module()).toContain("Edited");
    repository.write({ "prompts/greet.md": "Better {{name}}" });
    await until("the recovery", () => module().includes("Better"));

    repository.write({ "aliases.json": '{ "greet": { "canary": "v1" } }' });
    await until("the pointer", () => textOf(dist(dir, "manifest.json")).includes("canary"));

    repository.tag("greet@v3");
    await until("the tag", () => module().includes("v3"));
    repository.git("pack-refs", "--all");
    repository.tag("greet@v4");
    await until("a tag after packing", () => module().includes("v4"));

    repository.write({ "prompts/folder/new.md": "New", "cuecard.config.json": '{ "working": true }' });
    await until("a new prompt in a new folder", () => existsSync(dist(dir, "prompts/folder/new.js")));

    expect(await watch.stop()).toBe(0);
    expect((await build(dir)).stdout).toContain("(unchanged)");
  });

  it("makes `node --watch` restart after every edit", async () => {
    const repository = greetProject();
    const { dir } = repository;
    const modules = path.join(dir, "node_modules/@cuecard");
    mkdirSync(modules, { recursive: true });
    symlinkSync(fileURLToPath(new URL("../../runtime", import.meta.url)), path.join(modules, "runtime"));
    repository.write({
      "server.mjs": `import { load } from "./packages/prompts/dist/index.js";
console.log(load("greet", "dev").format({ name: "Ada", place: "Rome" }));
setInterval(() => {}, 60_000);
`,
    });
    const watch = startWatch(dir);
    await until("the first build", () => watch.output().includes("Watching"));
    const server = spawn(process.execPath, ["--watch", "server.mjs"], { cwd: dir });
    onTestFinished(() => void server.kill());
    let printed = "";
    server.stdout.on("data", (chunk) => {
      printed += chunk;
    });
    await until("the first start", () => printed.includes("Hi Ada"));
    // An edit before Node has started to watch has no effect: it is made again.
    for (const edit of ["One", "Two", "Three"])
      for (let attempt = 1; attempt <= 5 && !printed.includes(`${edit} Ada`); attempt++) {
        repository.write({ "prompts/greet.md": `${edit} {{name}}${"!".repeat(attempt)}` });
        await vi.waitUntil(() => printed.includes(`${edit} Ada`), { timeout: 4000, interval: 10 }).catch(() => {});
      }
    expect(printed).toMatch(/Hi Ada(.|\n)*One Ada(.|\n)*Two Ada(.|\n)*Three Ada/);
  });

  it("overwrites what changed, and removes what is gone", async () => {
    const repository = greetProject();
    const { dir } = repository;
    repository.write({ "cuecard.config.json": '{ "working": true }', "prompts/deep/down/other.md": "Other" });
    await build(dir);
    const inode = statSync(dist(dir, "index.js")).ino;
    const watch = startWatch(dir);
    await until("the first build", () => watch.output().includes("Watching"));
    repository.write({ "prompts/greet.md": "A" });
    await until("a shorter text", () => textOf(dist(dir, "prompts/greet.js")).includes('"A"'));
    repository.remove("prompts/deep");
    await until("the removal", () => !existsSync(dist(dir, "prompts/deep")));
    await watch.stop();
    expect(statSync(dist(dir, "index.js")).ino).toBe(inode);
    expect(texts(dist(dir))).toEqual(Object.fromEntries((await compile({ dir })).files));
    expect((await build(dir)).stdout).toContain("(unchanged)");
  });

  it("detects prompts that were removed and restored", async () => {
    const repository = greetProject();
    const { dir } = repository;
    const watch = startWatch(dir);
    const module = () => textOf(dist(dir, "prompts/greet.js"));
    await until("the first build", () => watch.output().includes("Watching"));
    const builds = () => watch.output().split("✓").length - 1;
    const lost = () => watch.output().split("alias/working-missing").length - 1;
    for (const [round, goAndComeBack] of [
      async () => {
        renameSync(path.join(dir, "prompts"), path.join(dir, "elsewhere"));
        await until("the move", () => lost() === 1);
        renameSync(path.join(dir, "elsewhere"), path.join(dir, "prompts"));
      },
      async () => {
        rmSync(path.join(dir, "prompts"), { recursive: true });
        await until("the removal", () => lost() === 2);
        repository.git("checkout", "--quiet", "prompts");
      },
    ].entries()) {
      const before = builds();
      await goAndComeBack();
      await until("the build of what came back", () => builds() > before);
      repository.write({ "prompts/greet.md": `Back ${round} {{name}}` });
      await until("an edit after it", () => module().includes(`Back ${round}`));
    }
  });

  it("treats a burst of edits as one change", async () => {
    const repository = greetProject();
    const watch = startWatch(repository.dir);
    await until("the first build", () => watch.output().includes("Watching"));
    const builds = () => watch.output().split("✓").length - 1;
    const before = builds();
    for (let n = 0; n < 30; n++) repository.write({ "prompts/greet.md": `Edit ${n} {{name}}` });
    await until("the last edit", () => textOf(dist(repository.dir, "prompts/greet.js")).includes("Edit 29"));
    repository.write({ "aliases.json": '{ "greet": { "canary": "v1" } }' });
    await until("a later edit", () => textOf(dist(repository.dir, "manifest.json")).includes("canary"));
    expect(builds() - before).toBeLessThanOrEqual(3);
  });

  it("detects edits of the helpers, of their imports, and of imports that were missing", async () => {
    const repository = createProject({
      "cuecard.config.json": '{ "working": true, "helpers": "lib/helpers.ts" }',
      "lib/helpers.ts": 'import { mark } from "../mark.ts";\nexport const shout = (): string => "first" + mark;',
      "prompts/a.md": "{{shout}}",
    });
    const helpers = (file: string) => textOf(dist(repository.dir, `helpers/${file}`));
    const watch = startWatch(repository.dir);
    await until("the first build", () => watch.output().includes("Watching prompts/, lib/helpers.ts, aliases.json"));
    expect(watch.output()).toContain('"../mark.ts"');
    repository.write({ "mark.ts": "export const mark: string = '!';" });
    await until("the missing module", () => helpers("mark.js").includes("'!'"));
    repository.write({ "mark.ts": "export const mark: string = '?';" });
    await until("the imported module's edit", () => helpers("mark.js").includes("'?'"));
    repository.write({ "lib/helpers.ts": "export const shout = (): string => 'second';" });
    await until("the module's edit", () => helpers("lib/helpers.js").includes("second"));
    expect(helpers("mark.js")).toBe("");
    expect(watch.output().split("Watching ")).toHaveLength(2);
  });

  it("detects settings and prompts that are added later", async () => {
    const repository = createProject();
    const watch = startWatch(repository.dir);
    await until("the first build", () => watch.output().includes("Watching"));
    repository.write({ "texts/a.md": "A", "cuecard.config.json": '{ "prompts": "texts", "working": true }' });
    await until("the prompt", () => existsSync(dist(repository.dir, "prompts/a.js")));
    repository.write({ "texts/a.md": "Changed" });
    await until("its edit", () => textOf(dist(repository.dir, "prompts/a.js")).includes("Changed"));
  });
});

describe("the programmatic API", () => {
  it("returns mistakes as diagnostics", async () => {
    const { dir } = createProject({ "prompts/greet.md": "{{#if x}}" });
    const registry = await openRegistry({ dir });
    expect((await registry.check()).diagnostics.map(({ code }) => code)).toEqual(["template/syntax"]);
    expect(await registry.load("gret")).toMatchObject({ kind: "unknown", hint: 'did you mean "greet"?' });
    expect(await registry.load("greet")).toMatchObject({ kind: "broken" });
    expect((await registry.compile()).files.size).toBe(0);
    registry.close();
  });
});
