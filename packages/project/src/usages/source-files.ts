// The source files of the monorepo, their texts, and the imports that a text search finds in them.

import { lstatSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { listRepositoryFiles } from "@cuecard/registry";
import type { Project } from "../read/project.js";

const SOURCE = /\.[cm]?[jt]sx?$/;
const DECLARATIONS = /\.d\.(?:[cm]?ts|[^.]+\.ts)$/;

/** What may come between an import and its specifier. */
const GAP = String.raw`(?:\s|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|//[^\n]*\n)*`;
const SPECIFIER = new RegExp(
  String.raw`\b(?:from|import|require)${GAP}(?:\(${GAP})?(?:"([^"\n]+)"|'([^'\n]+)'|\x60([^\x60$\n]+)\x60)`,
  "g",
);

/** Whether a file can contain code that loads prompts. */
export function isSourceFile(file: string): boolean {
  return SOURCE.test(file) && !DECLARATIONS.test(file) && !isInstalled(file);
}

export class SourceFiles {
  /** Absolute, with `/`. */
  readonly root: string;
  /** The sources, relative to the root, with `/`; sorted. */
  readonly sources: readonly string[];
  readonly #all: ReadonlySet<string>;
  readonly #texts = new Map<string, string | undefined>();

  constructor(root: string, files: readonly string[], generated: string) {
    this.root = root;
    this.#all = new Set(files);
    const inGenerated = (file: string) => file.startsWith(`${generated}/`);
    this.sources = files.filter((file) => isSourceFile(file) && !inGenerated(file));
  }

  has(file: string): boolean {
    return this.#all.has(file);
  }

  /** Files with a name, in any folder. */
  named(pattern: RegExp): string[] {
    return [...this.#all].filter((file) => pattern.test(path.posix.basename(file)) && !isInstalled(file));
  }

  /** `undefined` if it cannot be read: it was deleted after it was committed, or is a broken link. */
  text(file: string): string | undefined {
    if (!this.#texts.has(file)) this.#texts.set(file, readText(path.join(this.root, file)));
    return this.#texts.get(file);
  }

  /** What a file imports, requires or re-exports, including in comments. */
  specifiers(file: string): string[] {
    const found = new Set<string>();
    for (const [, double, single, template] of (this.text(file) ?? "").matchAll(SPECIFIER))
      found.add(double ?? single ?? template ?? "");
    return [...found];
  }
}

/** The properties of a project that decide which files are its sources. */
export type SourceProject = Pick<Project, "dir" | "config" | "git">;

export interface ListedSources {
  readonly files: SourceFiles;
  /** The project's folder, relative to the root. */
  readonly projectDir: string;
  /** The folder of the generated package, relative to the root. */
  readonly generatedDir: string;
}

export async function listSourceFiles({ dir, config, git }: SourceProject): Promise<ListedSources> {
  const { root, files } = await listRepositoryFiles(dir, git);
  const projectDir = realpathSync(dir); // as the root is
  const generatedDir = posix(path.relative(root, path.join(projectDir, config.out)));
  return {
    files: new SourceFiles(posix(root), files, generatedDir),
    projectDir: posix(path.relative(root, projectDir)),
    generatedDir,
  };
}

function posix(file: string): string {
  return path.sep === "/" ? file : file.split(path.sep).join("/");
}

function isInstalled(file: string): boolean {
  return file.startsWith("node_modules/") || file.includes("/node_modules/");
}

function readText(file: string): string | undefined {
  try {
    // A link can lead out of the repository; where it stays inside, its target is listed as well.
    return lstatSync(file).isFile() ? readFileSync(file, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
