// The prompts of a project as they compile. A content is compiled, or taken from the cache, when it is asked for, and let go again: those
// of all versions would fill the memory, and most pages show one.

import type { CompiledContent, CompiledPrompt, CompiledVersion, ContentStore } from "@cuecard/build";
import {
  compareText,
  type Diagnostic,
  hasErrors,
  latestScoresByVersion,
  type PromptContent,
  type Snapshot,
  type VersionSnapshot,
  versionTag,
  type WorkingPrompt,
} from "@cuecard/model";
import { type PromptPart, partsOf, readContents } from "@cuecard/registry";
import type { CompiledForms } from "../cache/build-cache.js";
import { compileSettings } from "../compile/compile-settings.js";
import type { HelpersResult } from "../helpers/read-helpers.js";
import type { Compiler } from "../read/compiler.js";
import type { Project } from "../read/project.js";
import { groupBy } from "./group-by.js";

export interface CompiledProject {
  readonly snapshot: Snapshot;
  readonly helpers: HelpersResult;
  /** Of the compilation: they say which versions did not compile. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface PromptWithTexts {
  /** With the versions that compile. */
  readonly prompt: CompiledPrompt;
  /** The texts that were read, by digest. */
  readonly contents: ReadonlyMap<string, PromptContent>;
}

/** How many versions' texts are in memory together, unless one prompt has more. */
const MOST_VERSIONS = 200;

export class PromptCompiler {
  readonly #project: Project;
  readonly #compiler: Compiler;
  readonly #forms: CompiledForms;
  readonly #store: ContentStore;
  readonly #parts: ReadonlyMap<string, PromptPart>;
  readonly #aliases: ReadonlyMap<string, Snapshot["aliases"]>;
  /** The only versions that may not compile. */
  readonly #suspects: ReadonlySet<string>;

  static async open(project: Project, compiled: CompiledProject): Promise<PromptCompiler> {
    return new PromptCompiler(project, compiled, await project.compiler(), await project.compiledForms());
  }

  private constructor(project: Project, compiled: CompiledProject, compiler: Compiler, forms: CompiledForms) {
    const { snapshot, helpers, diagnostics } = compiled;
    const settings = compileSettings(project.config, helpers);
    this.#project = project;
    this.#compiler = compiler;
    this.#forms = forms;
    this.#store = compiler.openContents(snapshot, { ...settings, cache: forms });
    this.#parts = partsOf(snapshot);
    this.#aliases = groupBy(snapshot.aliases, ({ name }) => name);
    this.#suspects = new Set(diagnostics.flatMap(suspectOf));
  }

  /** Of all prompts that have a version or a working file; sorted. */
  get names(): readonly string[] {
    const own = [...this.#parts].filter(([, { versions, working }]) => versions.length > 0 || working !== undefined);
    return own.map(([name]) => name).sort(compareText);
  }

  /**
   * Only a few prompts are in memory at a time.
   *
   * @param texts Whether the texts of versions are needed. Otherwise, only those are read that are not compiled yet.
   */
  async *compile(names: readonly string[], texts: boolean): AsyncGenerator<PromptWithTexts> {
    for (const some of this.#divide(names)) {
      const own = some.flatMap((name) => this.#parts.get(name)?.versions ?? []);
      const wanted = texts ? own : own.filter(({ digest }) => !this.#forms.has(digest));
      const released = await readContents(this.#project.repository, wanted);
      const working = some.flatMap((name) => this.#parts.get(name)?.working ?? []);
      const contents = new Map([...released, ...working.map(({ digest, content }) => [digest, content] as const)]);
      for (const name of some) yield { prompt: this.#compile(name, contents), contents };
    }
  }

  *#divide(names: readonly string[]): Generator<readonly string[]> {
    let some: string[] = [];
    let count = 0;
    for (const name of names) {
      const own = 1 + (this.#parts.get(name)?.versions.length ?? 0);
      if (some.length > 0 && count + own > MOST_VERSIONS) {
        yield some;
        some = [];
        count = 0;
      }
      some.push(name);
      count += own;
    }
    if (some.length > 0) yield some;
  }

  #compile(name: string, contents: ReadonlyMap<string, PromptContent>): CompiledPrompt {
    const { versions: released = [], working, scores = [] } = this.#parts.get(name) ?? {};
    const latestScores = latestScoresByVersion(scores);
    const versions = released
      .filter((version) => this.#compiles(version, contents))
      .map((version) => this.#version(version, latestScores.get(version.version) ?? [], contents));
    const all = working === undefined ? versions : [...versions, ...this.#working(working)];
    return { name, versions: all, aliases: this.#compiler.resolveAliases(this.#aliases.get(name) ?? [], all) };
  }

  #compiles(version: VersionSnapshot, contents: ReadonlyMap<string, PromptContent>): boolean {
    const { name, digest } = version;
    if (!contents.has(digest) && !this.#forms.has(digest)) return false;
    if (!this.#suspects.has(versionTag(version))) return true;
    return this.#store.compile(name, digest, contents.get(digest)).value !== undefined;
  }

  #version(
    { name, version, commit, digest, notes, retired, unmerged }: VersionSnapshot,
    scores: CompiledVersion["scores"],
    contents: ReadonlyMap<string, PromptContent>,
  ): CompiledVersion {
    const compile = () => this.#store.compile(name, digest, contents.get(digest)).value;
    return {
      ...{ name, version, commit, digest, notes, retired, unmerged, scores },
      get content(): CompiledContent {
        const content = compile();
        if (content === undefined) throw new Error(`${name}@v${version} compiled before, and does not now`);
        return content;
      },
    };
  }

  /** The working file, if it compiles. */
  #working({ name, digest, content }: WorkingPrompt): CompiledVersion[] {
    const { value, diagnostics } = this.#store.compile(name, digest, content);
    if (value === undefined || hasErrors(diagnostics)) return [];
    const facts = { commit: "", notes: "", retired: undefined, unmerged: undefined, scores: [] };
    return [{ name, version: "working", digest, ...facts, content: value }];
  }
}

/** The version, as prompts.lock writes it, that may not compile according to a finding. */
function suspectOf({ code, severity, subject }: Diagnostic): string[] {
  if (subject?.version === undefined || (severity !== "error" && code !== "version/left-out")) return [];
  return [versionTag({ name: subject.name, version: subject.version })];
}
