// Keeps the packages, and the folders of each package, in one direction of imports. When you add a folder, add it to its
// package's ladder, above everything it imports. If that is impossible, the new import closes a cycle: move code instead.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it, vi } from "vitest";
import { root } from "./run-step.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The packages that each package's sources may import. */
const packages: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  model: ["runtime"],
  build: ["model", "runtime"],
  registry: ["model", "runtime"],
  catalog: ["build", "model", "runtime"],
  project: ["build", "catalog", "registry", "model", "runtime"],
  cli: ["project", "model", "runtime"],
};

/** What single files may import besides: `cuecard` also exports types of the packages below `project`. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  "cli/index.ts": ["build", "registry"],
};

/** The folders of each package's `src`, lowest first: a folder may import only the folders before it. */
const ladders: Readonly<Record<string, string>> = {
  model: "characters diagnostics",
  build: "text language schema hints parse template check compare emit infer blame print search examples edit",
  catalog: "dev facts parts pages browser",
  registry:
    "disk git alias-file lock repository versions history references aliases scores snapshot release register propose review",
  project:
    "cache settings typescript helpers read witness compile gates aliases usages build inspect release scores fix review propose catalog test edit replay arguments",
  cli: "terminal report review replay init support test completion watch models dev mcp commands",
  runtime: "follow sdk",
};

/** Functions with more than four parameters. Do not add any: pass one object. */
const longParameterLists: Readonly<Record<string, readonly string[]>> = {
  build: ["check/check-history.ts #branches", "compare/compare-schemas.ts #add", "compile-content.ts #check"],
  project: [
    "helpers/read-signatures.ts #parameter",
    "helpers/read-signatures.ts #usable",
    "read/resolve-reference.ts unknownRef",
    "usages/scan-file.ts #add",
  ],
  registry: ["alias-file/edit-object.ts insertMember"],
};

/** Imports that a package's sources must not have, and names that they must not contain. */
const bans: Readonly<Record<string, RegExp>> = {
  build: /^node:|^isomorphic-git$/,
  model: /^node:/,
  runtime: /^node:/,
  project: /^(?:commander|@clack\/prompts|picocolors)$/,
};

interface Import {
  /** The importing file, relative to its package's `src`. */
  readonly file: string;
  readonly specifier: string;
  /** The imported file, relative to the same `src`, of a relative specifier. */
  readonly target: string | undefined;
}

describe.each(readdirSync(path.join(root, "packages")).filter(hasSources))("packages/%s", (name) => {
  const imports = readImports(name);
  const arrows = imports.flatMap(({ file, target }) =>
    target === undefined || placeOf(file) === placeOf(target)
      ? []
      : [{ from: placeOf(file), to: placeOf(target), file }],
  );

  it("imports only the packages below it", () => {
    const forbidden = imports.filter(({ file, specifier, target }) => {
      if (target !== undefined) return target.startsWith("..");
      const allowed = [...(packages[name] ?? []), ...(exceptions[`${name}/${file}`] ?? [])];
      return (
        /^(?:@cuecard\/|cuecard$)/.test(specifier) && !allowed.includes(specifier.replace(/^@cuecard\/([^/]+).*/, "$1"))
      );
    });
    expect(forbidden).toEqual([]);
    expect(packages).toHaveProperty(name);
  });

  it("has every folder on its ladder, and imports only downward", () => {
    const ladder = (ladders[name] ?? "").split(" ").filter(Boolean);
    const folders = new Set(sourceFiles(name).filter(isInFolder).map(placeOf));
    expect([...folders].sort()).toEqual([...ladder].sort());
    const upward = arrows.filter(
      ({ from, to }) => ladder.includes(from) && ladder.includes(to) && ladder.indexOf(to) > ladder.indexOf(from),
    );
    expect(upward).toEqual([]);
  });

  it("has no cycle between its folders and the files beside them", () => {
    expect(findCycle(arrows)).toEqual([]);
  });

  it("has no other function with more than four parameters", () => {
    const found = sourceFiles(name).flatMap((file) => longFunctions(name, file).map((label) => `${file} ${label}`));
    expect(found.sort()).toEqual(longParameterLists[name] ?? []);
  });

  it("imports nothing that it must not know", () => {
    expect(imports.filter(({ specifier }) => bans[name]?.test(specifier))).toEqual([]);
  });
});

it("packages/project takes the environment and the folder from its caller", () => {
  const files = sourceFiles("project").filter((file) => /process\.(?:env|cwd)\b/.test(readSource("project", file)));
  expect(files).toEqual([]);
});

function hasSources(name: string): boolean {
  return readdirSync(path.join(root, "packages", name)).includes("src") && name !== "testing";
}

/** The sources of a package, tests apart, relative to its `src`. */
function sourceFiles(name: string): string[] {
  const files = readdirSync(path.join(root, "packages", name, "src"), { recursive: true, encoding: "utf8" });
  return files.filter((file) => /(?<!\.test)\.tsx?$/.test(file));
}

function readImports(name: string): Import[] {
  return sourceFiles(name).flatMap((file) => {
    const text = readSource(name, file);
    return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({
      file,
      specifier: fileName,
      target: fileName.startsWith(".") ? path.join(path.dirname(file), fileName).replace(/\.js$/, ".ts") : undefined,
    }));
  });
}

function readSource(name: string, file: string): string {
  return readFileSync(path.join(root, "packages", name, "src", file), "utf8");
}

/** The names of a file's functions that have more than four parameters. */
function longFunctions(name: string, file: string): string[] {
  const source = ts.createSourceFile(file, readSource(name, file), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && node.parameters.length > 4) found.push(node.name?.getText() ?? "without a name");
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isInFolder = (file: string): boolean => file.includes(path.sep);

/** The node of the folder graph that a file belongs to: the top folder, or the file itself when it is in none. */
function placeOf(file: string): string {
  return file.split(path.sep)[0] ?? file;
}

/** The places of one cycle, first to last; empty when there is none. */
function findCycle(arrows: readonly { readonly from: string; readonly to: string }[]): string[] {
  const done = new Set<string>();
  const visit = (place: string, trail: readonly string[]): string[] => {
    if (trail.includes(place)) return [...trail.slice(trail.indexOf(place)), place];
    if (done.has(place)) return [];
    for (const { to } of arrows.filter(({ from }) => from === place)) {
      const cycle = visit(to, [...trail, place]);
      if (cycle.length > 0) return cycle;
    }
    done.add(place);
    return [];
  };
  for (const { from } of arrows) {
    const cycle = visit(from, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
