// What is published: complete, nothing besides, and understood by every resolver that supports ES modules.

import { readdir, readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { createFolder } from "@cuecard/testing";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { describe, expect, it, vi } from "vitest";
import { type Manifest, packPackages, repository } from "./pack-packages.js";
import { unpackTar } from "./unpack-tar.js";

// This file packs every package: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const packed = await Promise.all(
  (await packPackages(path.join(createFolder(), "packed"))).map(async ({ manifest, tarball }) => {
    const data = await readFile(tarball);
    return { name: manifest.name, data, files: unpackTar(gunzipSync(data)) };
  }),
);

/** The only files that a package may hold, beside its manifest and license. */
const EXPECTED =
  /^(?:bin\/[^/]+\.js|schemas\/[^/]+\.json|dist\/action\/(?:(?:release|catalog)\/)?[^/]+\.(?:yml|sh|mjs)|dist\/cjs\/package\.json|dist\/third-party-licenses\.md|dist\/.+\.(?:js|d\.ts))$/;

it("packs every package of the product", () => {
  const names = packed.map(({ name }) => name).sort();
  expect(names).toEqual(["@cuecard/runtime", "cuecard"]);
});

describe.each(packed)("$name", ({ data, files }) => {
  const manifestText = files.get("package.json") ?? "";
  const manifest = JSON.parse(manifestText) as Manifest & {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly bin?: Readonly<Record<string, string>>;
  };

  it("holds its build and its license, and no sources, tests or other files", () => {
    const others = [...files.keys()].filter((file) => !EXPECTED.test(file) || /\.test\.|__/.test(file)).sort();
    expect(others).toEqual(["LICENSE", "README.md", "package.json"]);
    expect([...files.keys()]).toEqual(expect.arrayContaining(["dist/index.js", "dist/index.d.ts"]));
  });

  it("has a manifest for people outside of this repository", () => {
    expect(manifestText).not.toMatch(/"(?:workspace|link|file|catalog):|cuecard-source/);
    expect(JSON.stringify(manifest["exports"])).not.toContain("/src/");
    for (const [name, range] of Object.entries(manifest.dependencies ?? {}))
      expect(range, name).toMatch(/^\d+\.\d+\.\d+$/);
    for (const file of Object.values(manifest.bin ?? {})) expect(files.get(file)).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it("imports nothing that it does not declare", () => {
    const declared = new Set([manifest.name, ...Object.keys(manifest.dependencies ?? {})]);
    const undeclared = [...files].flatMap(([file, text]) =>
      file.endsWith(".js")
        ? importedPackages(text).flatMap((name) => (declared.has(name) ? [] : [`${file}: ${name}`]))
        : [],
    );
    // An optional peer, which only this entry point needs.
    const otel = ["dist/cjs/sdk/otel.js", "dist/sdk/otel.js"].map((file) => `${file}: @opentelemetry/api`);
    expect(undeclared.sort()).toEqual(manifest.name === "@cuecard/runtime" ? otel : []);
  });

  it("passes publint", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: exactBuffer(data) }, strict: true });
    const said = messages.map((message) => formatMessage(message, pkg));
    expect(said).toEqual([]);
  });

  it("has types that resolve as its code does", async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(data)));
    if (!result.types) throw new Error("no types were found");
    // What services import can be required, and resolves without `exports`; the other packages are ES modules.
    const isRuntime = manifest.name === "@cuecard/runtime";
    const problems = result.problems.filter(
      (problem) =>
        isRuntime ||
        (problem.kind !== "CJSResolvesToESM" && !("resolutionKind" in problem && problem.resolutionKind === "node10")),
    );
    expect(problems).toEqual([]);
  });
});

it("has changesets that name published packages only", async () => {
  const folder = path.join(repository, ".changeset");
  const named = (await readdir(folder)).filter((file) => file.endsWith(".md") && file !== "README.md");
  const texts = await Promise.all(named.map((file) => readFile(path.join(folder, file), "utf8")));
  const packages = texts.flatMap((text) => [...text.matchAll(/^"(.+)": (?:major|minor|patch)$/gm)]);
  expect([...new Set(packages.map(([, name]) => name))].sort()).toEqual(["@cuecard/runtime", "cuecard"]);
});

it("names the license of every library whose code cuecard contains", () => {
  const files = packed.find(({ name }) => name === "cuecard")?.files ?? new Map<string, string>();
  const bundled = [...files].flatMap(([file, text]) =>
    file.endsWith(".js") ? [...text.matchAll(/^\/\/ .*node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)] : [],
  );
  const libraries = [...new Set(bundled.map(([, library]) => library))].sort();
  const licenses = files.get("dist/third-party-licenses.md") ?? "";
  expect(libraries).toContain("handlebars");
  const named = [...licenses.matchAll(/^## (.+) \d+\.\d+\.\d+$/gm)].map(([, name]) => name);
  expect(named).toEqual(expect.arrayContaining(libraries));
});

/** The packages that a module imports, statically or not; Node's own left out. */
function importedPackages(code: string): string[] {
  const specifiers = ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
  return specifiers
    .filter((specifier) => !specifier.startsWith(".") && !isBuiltin(specifier))
    .map((specifier) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
}

function exactBuffer(data: Buffer): ArrayBuffer {
  return new Uint8Array(data).buffer;
}
