// Finds where the code of the monorepo loads prompts. Only files that may use the generated package are
// parsed: those that import it, and those that import a module that exports parts of it again.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { compareText, type Diagnostic } from "@cuecard/model";
import { findNonFile } from "@cuecard/registry";
import { Bindings } from "./bindings.js";
import { findUnsearched } from "./find-unsearched.js";
import { LiteralValues } from "./literal-values.js";
import { type Module, ModuleResolver, moduleKey } from "./resolve-module.js";
import { scanFile } from "./scan-file.js";
import { listSourceFiles, type SourceFiles, type SourceProject } from "./source-files.js";
import type { Usage } from "./usage.js";
import { ProgramMaker, type UsageProgram } from "./usage-program.js";

export interface FoundUsages<U extends Usage = Usage> {
  /** Sorted by file and place. In a file with syntax errors, those that can be parsed. */
  readonly usages: readonly U[];
  /** The note about source files that cannot be searched. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function findUsages(project: SourceProject): Promise<FoundUsages> {
  const { dir, config } = project;
  const sources = await listSourceFiles(project);
  const { files, projectDir, generatedDir } = sources;
  const name = await readPackageName(path.join(dir, config.out));
  const resolver = new ModuleResolver(files, { name, dir: generatedDir });
  const usages = scanAll(files, resolver).map(
    ({ file, ...found }): Usage => ({ ...found, file: path.posix.relative(`/${projectDir}`, `/${file}`) }),
  );
  usages.sort((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column);
  return { usages, diagnostics: findUnsearched(sources) };
}

/** The name of a generated package; `undefined` if it has none. */
export async function readPackageName(dir: string): Promise<string | undefined> {
  const isReadable = findNonFile(dir, "package.json") === undefined;
  const text = isReadable ? await readFile(path.join(dir, "package.json"), "utf8").catch(() => "{}") : "{}";
  try {
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Usages with their files relative to the repository's root. */
function scanAll(files: SourceFiles, resolver: ModuleResolver): Usage[] {
  const importers = listImporters(files, resolver);
  const maker = new ProgramMaker(files);
  const scanned = new Set<string>();
  const constants = new Set<string>();
  let reached = [...importers].filter(([key]) => !key.startsWith("file ")).flatMap(([, names]) => names);
  for (;;) {
    for (const file of reached) scanned.add(file);
    const program = maker.make(new Set([...scanned, ...constants]));
    const bindings = new Bindings(program, resolver);
    const values = new LiteralValues(program, bindings);
    const usages = [...scanned].flatMap((file) => scanOne(file, program, bindings, values));
    // Re-exports are used in the modules that import them, and a name may refer to a constant of another module.
    reached = [...scanned]
      .filter((file) => bindings.handsOn(file))
      .flatMap((file) => importers.get(moduleKey({ kind: "file", file })) ?? [])
      .filter((file) => !scanned.has(file));
    const wanted = [...bindings.missing].filter((file) => !constants.has(file) && files.text(file) !== undefined);
    for (const file of wanted) constants.add(file);
    if (reached.length === 0 && wanted.length === 0) return usages;
  }
}

function scanOne(file: string, program: UsageProgram, bindings: Bindings, values: LiteralValues): Usage[] {
  const source = program.source(file);
  return source === undefined ? [] : scanFile(source, bindings, values).map((found) => ({ ...found, file }));
}

/** The files that import each module, by {@link moduleKey}. */
function listImporters(files: SourceFiles, resolver: ModuleResolver): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const file of files.sources) {
    const modules = files.specifiers(file).map((specifier) => resolver.resolve(specifier, file));
    const keys = new Set(modules.filter((module): module is Module => module !== undefined).map(moduleKey));
    for (const key of keys) importers.set(key, [...(importers.get(key) ?? []), file]);
  }
  return importers;
}
