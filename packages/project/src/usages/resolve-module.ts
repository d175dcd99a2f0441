// Resolves an import to the generated package or to a file of the repository. Nothing has to be installed or built: workspace
// packages are found by their names, and their build output by its source.

import path from "node:path";
import { isWithin } from "@cuecard/model";
import { type ParseError, parse } from "jsonc-parser";
import type { SourceFiles } from "./source-files.js";

export type Module =
  /** The generated package's main entry point. */
  | { readonly kind: "index" }
  /** The entry point whose aliases move at run time. */
  | { readonly kind: "follow" }
  /** One prompt's entry point. */
  | { readonly kind: "prompt"; readonly name: string }
  /** Relative to the repository's root. */
  | { readonly kind: "file"; readonly file: string };

export interface GeneratedPackage {
  /** `undefined` if its package.json has none; it can then only be imported by path. */
  readonly name: string | undefined;
  /** Relative to the repository's root. */
  readonly dir: string;
}

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
const EMITTED = /\.(?:d\.)?[cm]?[jt]sx?$/;
const BUILT = /^(?:\.\/)?(?:dist|build|lib|out|esm|cjs)\//;

type Json = Readonly<Record<string, unknown>>;

export class ModuleResolver {
  readonly #files: SourceFiles;
  readonly #generated: GeneratedPackage;
  readonly #packages = new Map<string, { readonly dir: string; readonly manifest: Json }>();
  /** Folders with a package.json, by the folder. */
  readonly #manifests = new Map<string, Json>();
  /** Path patterns of tsconfig.json files: deepest folder first. */
  readonly #aliases: { readonly dir: string; readonly pattern: string; readonly targets: readonly string[] }[] = [];
  readonly #known = new Map<string, Module | undefined>();

  constructor(files: SourceFiles, generated: GeneratedPackage) {
    this.#files = files;
    this.#generated = generated;
    for (const file of files.named(/^package\.json$/)) {
      const manifest = this.#readJson(file);
      const dir = folderOf(file);
      this.#manifests.set(dir, manifest);
      const name = manifest["name"];
      if (typeof name === "string") this.#packages.set(name, { dir, manifest });
    }
    for (const file of files.named(/^[jt]sconfig(?:\..+)?\.json$/)) this.#readAliases(file);
    this.#aliases.sort((a, b) => b.dir.length - a.dir.length || b.pattern.length - a.pattern.length);
  }

  /** @param from The importing file. */
  resolve(specifier: string, from: string): Module | undefined {
    const folder = folderOf(from);
    const key = `${folder}\0${specifier}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#resolve(specifier, folder));
    return this.#known.get(key);
  }

  #resolve(specifier: string, folder: string): Module | undefined {
    const { name } = this.#generated;
    if (specifier === name) return { kind: "index" };
    if (specifier === `${name}/follow`) return { kind: "follow" };
    if (name !== undefined && specifier.startsWith(`${name}/`)) return promptModule(specifier.slice(name.length + 1));
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) return this.#locate(join(folder, specifier));
    for (const { dir, pattern, targets } of this.#aliases) {
      if (!isWithin(folder, dir)) continue;
      const middle = matchPattern(pattern, specifier);
      if (middle === undefined) continue;
      for (const target of targets) {
        const found = this.#locate(target.replace("*", () => middle));
        if (found !== undefined) return found;
      }
    }
    return specifier.startsWith("#") ? this.#ownImport(specifier, folder) : this.#packageImport(specifier);
  }

  /** The file at a path, whatever its extension. */
  #locate(at: string): Module | undefined {
    const { dir } = this.#generated;
    if (at === dir) return { kind: "index" };
    if (at.startsWith(`${dir}/`)) {
      const rest = at.slice(dir.length + 1).replace(EMITTED, "");
      if (/^(?:dist|dist\/index|index)\/?$/.test(rest)) return { kind: "index" };
      if (rest === "dist/follow") return { kind: "follow" };
      return rest.startsWith("dist/prompts/") ? promptModule(rest.slice("dist/prompts/".length)) : undefined;
    }
    const stem = at.replace(EMITTED, "");
    const candidates = [
      at,
      ...EXTENSIONS.map((extension) => `${at}${extension}`),
      ...(stem === at ? [] : EXTENSIONS.map((extension) => `${stem}${extension}`)),
      ...EXTENSIONS.map((extension) => join(at, `index${extension}`)),
    ];
    const file = candidates.find((candidate) => this.#files.has(candidate));
    return file === undefined ? undefined : { kind: "file", file };
  }

  /** `#lib/prompts`, by the `imports` of the nearest package.json. */
  #ownImport(specifier: string, folder: string): Module | undefined {
    for (let dir = folder; ; dir = folderOf(dir)) {
      const manifest = this.#manifests.get(dir);
      if (manifest !== undefined) return this.#locateTargets(dir, matchTargets(manifest["imports"], specifier));
      if (dir === "") return undefined;
    }
  }

  #packageImport(specifier: string): Module | undefined {
    const [first = "", second] = specifier.split("/");
    const name = first.startsWith("@") && second !== undefined ? `${first}/${second}` : first;
    const found = this.#packages.get(name);
    if (found === undefined) return undefined;
    const { dir, manifest } = found;
    const rest = specifier.slice(name.length + 1);
    const exported = matchTargets(manifest["exports"], rest === "" ? "." : `./${rest}`);
    const plain =
      rest === ""
        ? [...["source", "types", "module", "main"].flatMap((key) => stringsIn(manifest[key])), "src/index", "index"]
        : [rest, `src/${rest}`];
    return this.#locateTargets(dir, [...exported, ...plain]);
  }

  #locateTargets(dir: string, targets: readonly string[]): Module | undefined {
    for (const target of targets) {
      const sources = BUILT.test(target) ? [target.replace(BUILT, "src/"), target.replace(BUILT, "")] : [];
      for (const candidate of [target, ...sources]) {
        const found = this.#locate(join(dir, candidate));
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  #readAliases(file: string): void {
    const options = objectIn(this.#readJson(file)["compilerOptions"]);
    const dir = folderOf(file);
    const base = typeof options["baseUrl"] === "string" ? join(dir, options["baseUrl"]) : dir;
    for (const [pattern, targets] of Object.entries(objectIn(options["paths"])))
      if (Array.isArray(targets))
        this.#aliases.push({ dir, pattern, targets: targets.flatMap(stringsIn).map((target) => join(base, target)) });
  }

  #readJson(file: string): Json {
    const errors: ParseError[] = [];
    return objectIn(parse(this.#files.text(file) ?? "", errors, { allowTrailingComma: true }));
  }
}

/** Identifies a module, for maps. */
export function moduleKey(module: Module): string {
  switch (module.kind) {
    case "prompt":
      return `prompt ${module.name}`;
    case "file":
      return `file ${module.file}`;
    default:
      return module.kind;
  }
}

function promptModule(rest: string): Module | undefined {
  return rest.endsWith(".json") ? undefined : { kind: "prompt", name: rest.replace(/\.js$/, "") };
}

/** The targets of a subpath under any condition. */
function matchTargets(map: unknown, subpath: string): string[] {
  if (typeof map === "string" || Array.isArray(map)) return subpath === "." ? stringsIn(map) : [];
  const entries = Object.entries(objectIn(map));
  if (!entries.some(([key]) => key.startsWith(".") || key.startsWith("#")))
    return subpath === "." ? stringsIn(map) : [];
  return entries.flatMap(([key, target]) => {
    const middle = matchPattern(key, subpath);
    return middle === undefined ? [] : stringsIn(target).map((text) => text.replace("*", () => middle));
  });
}

/** The text matched by `*`; empty if a pattern without `*` matches, `undefined` if the pattern does not match. */
function matchPattern(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf("*");
  if (star === -1) return pattern === text ? "" : undefined;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits = text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
  return fits ? text.slice(head.length, text.length - tail.length) : undefined;
}

/** Every string in a value, including those in conditions and lists. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

function objectIn(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {}; // checked just now
}

function folderOf(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === "." ? "" : folder;
}

function join(...parts: readonly string[]): string {
  const joined = path.posix.join(...parts).replace(/\/$/, "");
  return joined === "." ? "" : joined;
}
