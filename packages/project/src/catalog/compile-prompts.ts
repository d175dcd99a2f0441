// Compiles some prompts of a project at a time, with the texts of their versions: those of all would fill the memory. What they compile to
// is in the cache.

import type { CompiledPrompt } from "@cuecard/build";
import { compareText, type PromptContent, type Snapshot } from "@cuecard/model";
import { type PromptPart, partsOf, readContents } from "@cuecard/registry";
import { compileOptions } from "../compile/compile-settings.js";
import type { HelpersResult } from "../helpers/read-helpers.js";
import type { Project } from "../read/project.js";
import { groupBy } from "./group-by.js";

export interface CompiledPrompts {
  /** Only versions that compile; sorted by name. */
  readonly prompts: readonly CompiledPrompt[];
  /** By digest. */
  readonly contents: ReadonlyMap<string, PromptContent>;
}

/** How many versions are in memory together, unless one prompt has more. */
const MOST_VERSIONS = 200;

export class PromptCompiler {
  readonly #project: Project;
  readonly #snapshot: Snapshot;
  readonly #options: ReturnType<typeof compileOptions>;
  readonly #parts: ReadonlyMap<string, PromptPart>;
  readonly #aliases: ReadonlyMap<string, Snapshot["aliases"]>;

  constructor(project: Project, snapshot: Snapshot, helpers: HelpersResult) {
    this.#project = project;
    this.#snapshot = snapshot;
    this.#options = compileOptions(project, helpers, { versions: "all", working: true, replaced: [] });
    this.#parts = partsOf(snapshot);
    this.#aliases = groupBy(snapshot.aliases, ({ name }) => name);
  }

  /** Of all prompts that have a version or a working file; sorted. */
  get names(): readonly string[] {
    const own = [...this.#parts].filter(([, { versions, working }]) => versions.length > 0 || working !== undefined);
    return own.map(([name]) => name).sort(compareText);
  }

  /** Names of prompts that can be in memory together. */
  *divide(names: readonly string[]): Generator<readonly string[]> {
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

  async compile(names: readonly string[]): Promise<CompiledPrompts> {
    const project = this.#project;
    const [compiler, cache] = await Promise.all([project.compiler(), project.compiledForms()]);
    const own = names.flatMap((name) => this.#parts.get(name) ?? []);
    const released = own.flatMap(({ versions }) => versions);
    const working = own.flatMap((part) => part.working ?? []);
    const texts = await readContents(project.repository, released);
    const contents = new Map([...texts, ...working.map(({ digest, content }) => [digest, content] as const)]);
    const versions = released
      .map((version) => ({ ...version, content: contents.get(version.digest) }))
      .filter(({ content, digest }) => content !== undefined || cache.has(digest));
    const part = { versions, working, scores: own.flatMap(({ scores }) => scores) };
    const aliases = names.flatMap((name) => this.#aliases.get(name) ?? []);
    const options = { ...this.#options, cache, emits: false };
    return { prompts: compiler.compile({ ...this.#snapshot, ...part, aliases }, options).prompts, contents };
  }
}
