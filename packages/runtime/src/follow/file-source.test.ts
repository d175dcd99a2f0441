// Following a real file, whichever way it is replaced.

import fs, {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { Split } from "../load.js";
import { createFollow, type Following, type FollowOptions } from "./index.js";

// On a busy machine, the system reports changes of files late.
vi.setConfig({ testTimeout: 60_000 });

const CONTRACTS = ['["greet",9,9,[[["production"],1]]]'];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function createFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "cuecard-follow-")));
  folders.push(folder);
  return folder;
}

function follow(options: FollowOptions): Following {
  const load = (_name: unknown, ref: unknown) => ({ ref });
  return createFollow({ load, find: load, at: () => load, atAlias: (prompt) => prompt, Split }, CONTRACTS)(options);
}

const pointers = (version: number) => JSON.stringify({ greet: { production: `v${version}` } });
const productionOf = (live: Following) => live.state.pointers["greet"]?.["production"];
const isReached = (live: Following, version: number) =>
  expect.poll(() => productionOf(live), { timeout: 20_000, interval: 5 }).toBe(`v${version}`);

/** A folder as Kubernetes mounts a ConfigMap: files are links through `..data`, which leads to a folder of its own for each state. */
function mountConfigMap(dir: string): (version: number) => void {
  const states: string[] = [];
  const place = (version: number) => {
    const state = `..2026_11_29_${version}`;
    mkdirSync(path.join(dir, state));
    writeFileSync(path.join(dir, state, "pointers.json"), pointers(version));
    symlinkSync(state, path.join(dir, "..data_tmp"));
    renameSync(path.join(dir, "..data_tmp"), path.join(dir, "..data"));
    for (const old of states.splice(0)) rmSync(path.join(dir, old), { recursive: true });
    states.push(state);
  };
  place(2);
  symlinkSync("..data/pointers.json", path.join(dir, "pointers.json"));
  return place;
}

describe("a file", () => {
  it.each<[what: string, change: (file: string, text: string) => void]>([
    ["is overwritten", (file, text) => writeFileSync(file, text)],
    [
      "is replaced by a rename",
      (file, text) => {
        writeFileSync(`${file}.new`, text);
        renameSync(`${file}.new`, file);
      },
    ],
    [
      "is deleted and written again",
      (file, text) => {
        unlinkSync(file);
        writeFileSync(file, text);
      },
    ],
    [
      "is written in two steps",
      (file, text) => {
        truncateSync(file);
        appendFileSync(file, text.slice(0, 5));
        setTimeout(() => appendFileSync(file, text.slice(5)), 80);
      },
    ],
    [
      "moves with its folder",
      (file, text) => {
        const dir = path.dirname(file);
        mkdirSync(`${dir}.new`);
        writeFileSync(path.join(`${dir}.new`, "pointers.json"), text);
        renameSync(dir, `${dir}.old`);
        renameSync(`${dir}.new`, dir);
      },
    ],
  ])("is followed when it %s, twice", async (_, change) => {
    const file = path.join(createFolder(), "config", "pointers.json");
    mkdirSync(path.dirname(file));
    writeFileSync(file, pointers(2));
    using live = follow({ source: pathToFileURL(file) });
    expect(live.state.source).toBe(file);
    await isReached(live, 2);
    change(file, pointers(3));
    await isReached(live, 3);
    rmSync(`${path.dirname(file)}.old`, { recursive: true, force: true });
    change(file, pointers(4));
    await isReached(live, 4);
  });

  it("is followed through a ConfigMap that is replaced", async () => {
    const dir = createFolder();
    const place = mountConfigMap(dir);
    using live = follow({ source: path.join(dir, "pointers.json") });
    await isReached(live, 2);
    for (const version of [3, 4, 5]) {
      place(version);
      await isReached(live, version);
    }
  });

  it("is followed through a link to its folder", async () => {
    const dir = createFolder();
    for (const version of [2, 3]) {
      mkdirSync(path.join(dir, "releases", `${version}`), { recursive: true });
      writeFileSync(path.join(dir, "releases", `${version}`, "pointers.json"), pointers(version));
    }
    symlinkSync("releases/2", path.join(dir, "current"));
    using live = follow({ source: path.join(dir, "current", "pointers.json") });
    await isReached(live, 2);
    symlinkSync("releases/3", path.join(dir, "next"));
    renameSync(path.join(dir, "next"), path.join(dir, "current"));
    await isReached(live, 3);
  });

  it("may be missing, with its folders, and appear later", async () => {
    const dir = createFolder();
    const file = path.join(dir, "a", "b", "pointers.json");
    let failures = 0;
    using live = follow({ source: file, onError: () => failures++ });
    expect((await live.refresh()).lastError).toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("ENOENT"),
    });
    const before = failures;
    mkdirSync(path.join(dir, "a", "b"), { recursive: true });
    await expect.poll(() => failures).toBeGreaterThan(before);
    writeFileSync(file, pointers(3));
    await isReached(live, 3);
    unlinkSync(file);
    await expect.poll(() => live.state.lastError?.code).toBe("unreachable");
    expect(productionOf(live)).toBe("v3");
  });

  it("is read at each interval if it cannot be watched", async () => {
    const watch = vi.spyOn(fs, "watch").mockImplementation(() => {
      throw Object.assign(new Error("too many open files"), { code: "EMFILE" });
    });
    const file = path.join(createFolder(), "pointers.json");
    writeFileSync(file, pointers(2));
    using live = follow({ source: file, interval: "100ms" });
    await isReached(live, 2);
    writeFileSync(file, pointers(3));
    await isReached(live, 3);
    expect(watch).toHaveBeenCalled();
    watch.mockRestore();
  });

  it("must be a file", async () => {
    const dir = createFolder();
    using live = follow({ source: dir });
    expect((await live.refresh()).lastError).toMatchObject({
      message: `the file with pointers cannot be read: ${dir} is not a file`,
    });
    using other = follow({ source: "/dev/zero" });
    expect((await other.refresh()).lastError).toMatchObject({ code: "unreachable" });
  });

  it("is read up to maxBytes, also if it is larger than its size says", async () => {
    const file = path.join(createFolder(), "pointers.json");
    writeFileSync(file, " ".repeat(1_000) + pointers(3));
    using live = follow({ source: file, maxBytes: 1_000 });
    expect((await live.refresh()).lastError).toMatchObject({ code: "too-large" });
    // Files of /proc have the size 0.
    using status = follow({ source: "/proc/self/status", maxBytes: 100 });
    expect((await status.refresh()).lastError).toMatchObject({ code: "too-large" });
  });
});
