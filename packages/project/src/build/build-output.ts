// The package while it is built: what an earlier build wrote of prompts that did not change is kept, everything else is written.

import type { ChangesResult, EarlierFacts } from "@cuecard/build";
import { type Diagnostic, writeFailure } from "@cuecard/model";
import type { CompilationKeys } from "../cache/compilation-keys.js";
import { type PackageRecord, type PartPlaces, recordedPrompt, recordOf } from "../cache/package-record.js";
import type { ChangesTarget } from "../compile/compiled-project.js";
import { PackageMoved } from "./next-folder.js";
import { type EarlierPackage, PackageWriter } from "./package-writer.js";
import type { SpareFolder } from "./spare-folder.js";
import { findForeign, putInPlace, type WriteOptions, type WriteOutcome } from "./write-package.js";

export interface OutputOptions extends Omit<WriteOptions, "beforeReplacing"> {
  /** What an earlier build recorded, if its files are still there. */
  readonly previous: PackageRecord | undefined;
  /** The build that wrote the package, if its files are still there. */
  readonly before: string | undefined;
  /** The folder of an earlier build. */
  readonly spare: SpareFolder | undefined;
}

export class BuildOutput {
  readonly #options: OutputOptions;
  readonly #keys: CompilationKeys;
  readonly #writer: PackageWriter;
  /** Why nothing can be written: with it, the compilation only looks for findings. */
  #problem: Diagnostic | undefined;

  constructor(options: OutputOptions, keys: CompilationKeys) {
    this.#options = options;
    this.#keys = keys;
    const { packageDir, shownDir, existing, previous } = options;
    this.#problem = previous === undefined ? findForeign(`${packageDir}/dist`, shownDir, existing) : undefined;
    // Files that are overwritten where they are need no new folder.
    const spare = options.overwrites === true ? undefined : options.spare;
    this.#writer = new PackageWriter({
      packageDir,
      existing,
      ...{ spare, build: options.before },
      patches: options.overwrites === true && existing.length > 0,
      previous: previous && earlierPackage(previous),
    });
  }

  /** For the compiler. */
  get target(): ChangesTarget {
    const { previous } = this.#options;
    return {
      known: (name) => recordedPrompt(previous, name, this.#keys),
      take: (pieces) => this.#try(() => this.#writer.add(pieces)),
      earlier: previous?.shared === this.#keys.shared ? earlierFacts(previous) : undefined,
    };
  }

  /**
   * Puts the package in place.
   *
   * @param beforeReplacing Runs when the package can be written. If it returns an error, nothing is written.
   * @throws PackageMoved if another process replaced it.
   */
  async finish(
    result: ChangesResult,
    beforeReplacing: NonNullable<WriteOptions["beforeReplacing"]>,
  ): Promise<{ readonly outcome: WriteOutcome; readonly record: PackageRecord }> {
    const { shared } = result;
    const names = this.#namesIn(result);
    this.#try(() => (shared === "same" ? this.#writer.keepShared(names) : this.#writer.share(shared, names)));
    const outcome: WriteOutcome =
      this.#problem === undefined
        ? await putInPlace(this.#writer, { ...this.#options, beforeReplacing })
        : { kind: "refused", diagnostic: this.#problem };
    const written = { places: this.#writer.places, files: (name: string) => this.#filesOf(name) };
    return { outcome, record: recordOf(result, this.#keys, written, this.#options.previous) };
  }

  /** The prompts that the package contains, sorted. */
  #namesIn({ records }: ChangesResult): string[] {
    const { previous } = this.#options;
    return [...this.#keys.prompts.keys()].filter((name) => {
      const record = records.get(name);
      return record === undefined ? previous?.prompts.get(name)?.parts !== undefined : record.facts !== undefined;
    });
  }

  #filesOf(name: string): readonly string[] {
    return this.#writer.filesOf(name) ?? this.#options.previous?.details.get(name)?.files ?? [];
  }

  /** Removes what was written and not put in place. */
  async discard(): Promise<void> {
    await this.#writer.discard();
  }

  #try(write: () => void): void {
    if (this.#problem !== undefined) return;
    try {
      write();
    } catch (error) {
      if (error instanceof PackageMoved) throw error;
      this.#problem = writeFailure(error, "package", this.#options.shownDir);
    }
  }
}

function earlierFacts({ prompts, details }: PackageRecord): EarlierFacts {
  return { names: () => [...prompts.keys()], facts: (name) => details.get(name)?.facts };
}

function earlierPackage({ prompts, details }: PackageRecord): EarlierPackage {
  const places = new Map<string, PartPlaces>();
  for (const [name, { parts }] of prompts) if (parts !== undefined) places.set(name, parts);
  return { places, files: (name) => details.get(name)?.files ?? [] };
}
