// A project's cache: results of earlier builds, and what this one adds.

import path from "node:path";
import { filesOf, type Snapshot, versionTag } from "@cuecard/model";
import type { MergedRecord } from "@cuecard/registry";
import { type BuildState, NO_STATE, type OutputRecord, type Stamp } from "./build-state.js";
import { type CacheFolder, openCacheFolder } from "./cache-folder.js";
import { CompiledFile } from "./compiled-file.js";
import { hash } from "./hash.js";
import type { PackageRecord } from "./package-record.js";
import { compilerIdentity } from "./package-version.js";
import { Seal } from "./seal.js";
import { SealedFile } from "./sealed-file.js";

/** Checks and builds often alternate; more than a few of each are not worth keeping. */
const STAMPS = 4;

/** What the last snapshot holds: the measure of what is worth keeping. */
interface Current {
  readonly digests: Readonly<Record<string, string>>;
  /** Under which the compiled forms of versions and working files are kept. */
  readonly wanted: ReadonlySet<string>;
  /** Hashes of the working tree's texts. */
  readonly texts: ReadonlySet<string>;
}

/**
 * Compiled contents by digest. What a text compiles to also depends on the helpers' signatures and on the settings
 * `metadataKeys` and `allowCharacters`.
 */
export interface CompiledForms {
  has(digest: string): boolean;
  get(digest: string): string | undefined;
  set(digest: string, compiled: string): void;
  /** Under which key the cache keeps a content. */
  keyOf(digest: string): string;
}

/** What a file refers to. */
export type ReferenceKind = "partials" | "schemas";

/** The commands that compile what has changed since they last ran. */
export type RecordKind = "build" | "check";

interface RecordSlot {
  readonly file: SealedFile<PackageRecord>;
  readonly record: PackageRecord | undefined;
  /** Whether it is on disk. */
  readonly isSaved: boolean;
}

export class BuildCache {
  /** `undefined` if nothing can be kept. */
  readonly folder: CacheFolder | undefined;
  readonly #compiled: CompiledFile | undefined;
  readonly #state: SealedFile<BuildState> | undefined;
  readonly #asked = new Map<string, readonly string[]>();
  readonly #known: BuildState;
  #current: Current | undefined;
  #stamps: readonly Stamp[];
  #output: OutputRecord | undefined;
  /** Which versions are in the history of which commits, as far as a reading found out. */
  merged: MergedRecord | undefined;
  #saved: string;
  readonly #records: Partial<Record<RecordKind, RecordSlot>> = {};

  /**
   * @param promptsFolder The prompts folder within the repository: what an earlier build knows of a commit, it knows of
   * this folder in it.
   */
  constructor(projectDir: string, promptsFolder: string) {
    const folder = openCacheFolder(projectDir);
    this.folder = folder;
    if (folder !== undefined) {
      const seal = new Seal(folder.key, `compiled ${compilerIdentity()}`);
      this.#state = new SealedFile(folder, "state.json", `state ${compilerIdentity()} ${promptsFolder}`);
      this.#compiled = new CompiledFile(path.join(folder.path, "compiled.bin"), seal);
    }
    this.#known = this.#state?.read() ?? NO_STATE;
    this.#stamps = this.#known.stamps;
    this.#output = this.#known.output;
    this.merged = this.#known.merged;
    this.#saved = JSON.stringify(this.#known);
  }

  get output(): OutputRecord | undefined {
    return this.#output;
  }

  set output(record: OutputRecord | undefined) {
    this.#output = record;
  }

  /** What an earlier build or check found out about each prompt. */
  record(kind: RecordKind): PackageRecord | undefined {
    return this.#slot(kind)?.record;
  }

  rememberRecord(kind: RecordKind, record: PackageRecord): void {
    const slot = this.#slot(kind);
    if (slot !== undefined) this.#records[kind] = { ...slot, record, isSaved: false };
  }

  /** Read when it is needed: an unchanged build needs none. */
  #slot(kind: RecordKind): RecordSlot | undefined {
    if (this.folder === undefined) return undefined;
    let slot = this.#records[kind];
    if (slot === undefined) {
      const file = new SealedFile<PackageRecord>(this.folder, `${kind}.json`, `${kind} ${compilerIdentity()}`);
      slot = { file, record: file.read(), isSaved: true };
    }
    this.#records[kind] = slot;
    return slot;
  }

  knownDigest(id: { name: string; version: number; commit: string }): string | undefined {
    return own(this.#current?.digests ?? this.#known.digests, `${versionTag(id)} ${id.commit}`);
  }

  /** The partials, or the schemas, that a working file refers to, when an earlier build knew. */
  references(kind: ReferenceKind, text: string): readonly string[] | undefined {
    const key = referenceKey(kind, text);
    const known = this.#asked.get(key) ?? own(this.#known.references, key);
    if (known !== undefined) this.#asked.set(key, known);
    return known;
  }

  rememberReferences(kind: ReferenceKind, text: string, references: readonly string[]): void {
    this.#asked.set(referenceKey(kind, text), references);
  }

  /** @param settings A hash of the signatures of the project's helpers and of those settings; empty without any. */
  compiledForms(settings: string): CompiledForms {
    const keyOf = (digest: string) => (settings === "" ? digest : `${digest} ${settings}`);
    return {
      keyOf,
      has: (digest) => this.#compiled?.has(keyOf(digest)) === true,
      get: (digest) => this.#compiled?.get(keyOf(digest)),
      set: (digest, compiled) => this.#compiled?.set(keyOf(digest), compiled),
    };
  }

  stamp(key: string): Stamp | undefined {
    return this.#stamps.find((stamp) => stamp.key === key);
  }

  rememberStamp(stamp: Stamp): void {
    this.#stamps = [stamp, ...this.#stamps.filter(({ key }) => key !== stamp.key)].slice(0, STAMPS);
  }

  /** Records what a snapshot proved; {@link save} forgets everything else. */
  rememberSnapshot(snapshot: Snapshot, { keyOf }: CompiledForms): void {
    const digests: Record<string, string> = Object.create(null);
    const wanted = new Set<string>();
    for (const version of snapshot.versions) {
      digests[`${versionTag(version)} ${version.commit}`] = version.digest;
      wanted.add(keyOf(version.digest));
    }
    const texts = new Set<string>();
    for (const prompt of snapshot.working) {
      wanted.add(keyOf(prompt.digest));
      const { content } = prompt;
      for (const file of filesOf(content)) texts.add(referenceKey("partials", file.text));
      if (snapshot.schemaNames.length === 0) continue;
      for (const file of [content.prompt, ...(content.schemas ?? [])]) texts.add(referenceKey("schemas", file.text));
    }
    for (const partial of snapshot.workingPartials) texts.add(referenceKey("partials", partial.text));
    this.#current = { digests, wanted, texts };
  }

  /** Writes everything to disk. Without a remembered snapshot, writes nothing. */
  async save(): Promise<void> {
    const current = this.#current;
    if (current === undefined || this.folder?.key.save() !== true) return;
    this.#compiled?.save(current.wanted);
    for (const kind of ["build", "check"] as const) {
      const slot = this.#records[kind];
      if (slot?.record === undefined || slot.isSaved) continue;
      await slot.file.write(slot.record);
      this.#records[kind] = { ...slot, isSaved: true };
    }
    const state: BuildState = {
      digests: current.digests,
      references: Object.fromEntries([...this.#asked].filter(([key]) => current.texts.has(key))),
      stamps: this.#stamps,
      output: this.#output,
      merged: this.merged,
    };
    const text = JSON.stringify(state);
    if (text === this.#saved) return;
    this.#saved = text;
    await this.#state?.write(state);
  }

  close(): void {
    this.#compiled?.close();
  }
}

function referenceKey(kind: ReferenceKind, text: string): string {
  return kind === "partials" ? hash(text) : hash(`${kind}\0${text}`);
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
