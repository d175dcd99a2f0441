// The package while it is built: what an earlier build wrote of prompts that did not change is kept, everything else is written.

import type { ChangesResult } from "@cuecard/build";
import { type Diagnostic, writeFailure } from "@cuecard/model";
import type { CompilationKeys } from "../cache/compilation-keys.js";
import {
  type PackageRecord,
  type RecordedPrompt,
  recordedPrompt,
  recordOf,
  type WrittenPrompt,
} from "../cache/package-record.js";
import type { ChangesTarget } from "../compile/compile.js";
import { PackageMoved, PackageWriter } from "./package-writer.js";
import { findForeign, putInPlace, type WriteOptions, type WriteOutcome } from "./write-package.js";

export interface OutputOptions extends Omit<WriteOptions, "beforeReplacing"> {
  /** What an earlier build recorded, if its files are still there. */
  readonly previous: PackageRecord | undefined;
  /** Where the folder of an earlier build is kept; see spare-folder.ts. */
  readonly spare: string | undefined;
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
      spare,
      patches: options.overwrites === true && existing.length > 0,
      previous: (name) => this.#known(name)?.written,
      replaced: (name) => writtenOf(previous, name),
    });
  }

  /** For the compiler. */
  get target(): ChangesTarget {
    return {
      known: (name) => this.#known(name),
      take: (pieces) => this.#try(() => this.#writer.add(pieces)),
      sharedFacts: this.#options.previous?.shared === this.#keys.shared ? factsOf(this.#options.previous) : undefined,
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
    const { records, shared } = result;
    const names = [...records].flatMap(([name, { facts }]) => (facts === undefined ? [] : [name]));
    this.#try(() => (shared === "same" ? this.#writer.keepShared(names) : this.#writer.share(shared, names)));
    const outcome: WriteOutcome =
      this.#problem === undefined
        ? await putInPlace(this.#writer, { ...this.#options, beforeReplacing })
        : { kind: "refused", diagnostic: this.#problem };
    return { outcome, record: recordOf(result, this.#keys, this.#writer.prompts) };
  }

  /** Removes what was written and not put in place. */
  async discard(): Promise<void> {
    await this.#writer.discard();
  }

  #known(name: string): RecordedPrompt | undefined {
    return recordedPrompt(this.#options.previous, name, this.#keys);
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

function writtenOf(record: PackageRecord | undefined, name: string): WrittenPrompt | undefined {
  return record !== undefined && Object.hasOwn(record.prompts, name) ? record.prompts[name]?.written : undefined;
}

function factsOf({ prompts }: PackageRecord): NonNullable<ChangesTarget["sharedFacts"]> {
  return Object.values(prompts).flatMap(({ facts }) => facts ?? []);
}
