// A project's cache: results of earlier builds, and what this one adds.

import path from "node:path";
import { type Snapshot, versionTag } from "@cuecard/model";
import type { KeptReading, MergedRecord, RememberedReadings } from "@cuecard/registry";
import { NO_FACTS, type OutputRecord, type ReadingFacts, type Stamp } from "./build-state.js";
import { type CacheFolder, openCacheFolder } from "./cache-folder.js";
import { CompiledFile } from "./compiled-file.js";
import {
  type Current,
  type Digests,
  digestsOf,
  listCurrent,
  type ReferenceKind,
  referenceKey,
} from "./current-snapshot.js";
import { EntriesFile } from "./entries-file.js";
import { parseMerged, printMerged } from "./merged-text.js";
import { type PackageRecord, type PromptDetails, type RecordHead, readRecord, storedRecord } from "./package-record.js";
import { compilerIdentity } from "./package-version.js";
import { ReadingFiles } from "./reading-files.js";
import { Seal } from "./seal.js";
import { SealedFile } from "./sealed-file.js";
import { SealedText } from "./sealed-text.js";

/** Checks and builds often alternate; more than a few of each are not worth keeping. */
const STAMPS = 4;

/** If the cache has more compiled contents than this, for each one that may be wanted, it needs to be cleaned. */
const MOST_CONTENTS = 1.5;

/** SHA-256 of a working file's text → the partials, or the schemas, that it refers to. */
type KnownReferences = Readonly<Record<string, readonly string[]>>;

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

/** The commands that compile what has changed since they last ran. */
export type RecordKind = (typeof RECORDS)[number];

// The answer of a whole list is in list.json.
const RECORDS = ["build", "check", "listed"] as const;

/** Something that is read when it is needed, and saved if it was replaced. */
interface Slot<T> {
  readonly value: T;
  readonly isSaved: boolean;
}

interface RecordSlot {
  readonly file: EntriesFile<RecordHead, PromptDetails>;
  readonly record: PackageRecord | undefined;
  /** Whether it is on disk. */
  readonly isSaved: boolean;
}

export class BuildCache {
  /** `undefined` if nothing can be kept. */
  readonly folder: CacheFolder | undefined;
  readonly #compiled: CompiledFile | undefined;
  readonly #outputFile: SealedFile<OutputRecord> | undefined;
  readonly #stampsFile: SealedFile<readonly Stamp[]> | undefined;
  readonly #factsFile: SealedFile<ReadingFacts> | undefined;
  readonly #referencesFile: SealedFile<KnownReferences> | undefined;
  readonly #readingFiles: ReadingFiles | undefined;
  readonly #asked = new Map<string, readonly string[]>();
  #facts: ReadingFacts | undefined;
  #references: KnownReferences | undefined;
  readonly #mergedFile: SealedText | undefined;
  #merged: MergedRecord | undefined;
  #current: (() => Current) | undefined;
  /** Whether readings of some prompts were used. */
  #hasPart = false;
  #output: Slot<OutputRecord | undefined> | undefined;
  #stamps: Slot<readonly Stamp[]> | undefined;
  /** Whether the last reading was mostly that of an earlier command: what it found out is not worth saving. */
  #isRecalled = false;
  /** The last reading; `null` if there is none. */
  #reading: KeptReading | null | undefined;
  #isReadingSaved = true;
  #kept: { readonly reading: KeptReading; readonly digests: Digests } | undefined;
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
      this.#outputFile = new SealedFile(folder, "output.json", `output ${compilerIdentity()} ${promptsFolder}`);
      this.#stampsFile = new SealedFile(folder, "stamps.json", `stamps ${compilerIdentity()} ${promptsFolder}`);
      this.#factsFile = new SealedFile(folder, "facts.json", `facts ${compilerIdentity()} ${promptsFolder}`);
      this.#referencesFile = new SealedFile(folder, "references.json", `references ${compilerIdentity()}`);
      this.#readingFiles = new ReadingFiles(folder, `${compilerIdentity()} ${promptsFolder}`);
      this.#mergedFile = new SealedText(folder, "merged.txt", `merged ${compilerIdentity()} ${promptsFolder}`);
      this.#compiled = new CompiledFile(path.join(folder.path, "compiled.bin"), seal);
    }
  }

  /** The last reading of the project without errors. */
  readonly readings: RememberedReadings = {
    last: () => {
      if (this.#reading === undefined) this.#reading = this.#readingFiles?.read() ?? null;
      return this.#reading ?? undefined;
    },
    set: (reading) => {
      this.#reading = reading;
      this.#isReadingSaved = false;
    },
    used: () => {
      this.#isRecalled = true;
    },
  };

  /** Whether the last reading without errors is of this state: reading again would find the same. */
  isKept(state: string): boolean {
    return this.readings.last()?.state === state;
  }

  /** Which versions are in the history of which commits, as far as a reading found out. */
  get merged(): MergedRecord | undefined {
    this.#isRecalled = false;
    return this.#merged ?? this.mergedOf();
  }

  set merged(record: MergedRecord | undefined) {
    this.#merged = record;
  }

  /** The same as an earlier command found out, for some prompts. */
  mergedOf(names?: ReadonlySet<string>): MergedRecord | undefined {
    const text = this.#mergedFile?.read();
    return text === undefined ? undefined : parseMerged(text, names);
  }

  /** A reading that asks for them has not been done before. */
  #readFacts(): ReadingFacts {
    this.#isRecalled = false;
    this.#facts ??= this.#factsFile?.read() ?? NO_FACTS;
    return this.#facts;
  }

  get output(): OutputRecord | undefined {
    this.#output ??= { value: this.#outputFile?.read(), isSaved: true };
    return this.#output.value;
  }

  set output(record: OutputRecord | undefined) {
    this.#output = { value: record, isSaved: false };
  }

  /** What an earlier build, check or list found out about each prompt. */
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
      const file: RecordSlot["file"] = new EntriesFile(this.folder, kind, `${kind} ${compilerIdentity()}`);
      const stored = file.read();
      slot = { file, record: stored && readRecord(stored), isSaved: true };
    }
    this.#records[kind] = slot;
    return slot;
  }

  knownDigest(id: { name: string; version: number; commit: string }): string | undefined {
    const key = `${versionTag(id)} ${id.commit}`;
    return own(this.#currentDigests() ?? this.#readFacts().digests, key) ?? own(this.#keptDigests(), key);
  }

  /** Those of the last reading, which need not be among the facts. */
  #keptDigests(): Digests {
    const reading = this.readings.last();
    if (reading === undefined) return {};
    if (this.#kept?.reading !== reading) this.#kept = { reading, digests: digestsOf(reading.result.snapshot) };
    return this.#kept.digests;
  }

  /** Those of the last snapshot of this process, which need not have been saved. */
  #currentDigests(): Digests | undefined {
    this.#isRecalled = false;
    return this.#current?.().digests();
  }

  /** The partials, or the schemas, that a working file refers to, when an earlier build knew. */
  references(kind: ReferenceKind, text: string): readonly string[] | undefined {
    const key = referenceKey(kind, text);
    this.#references ??= this.#referencesFile?.read() ?? {};
    const known = this.#asked.get(key) ?? own(this.#references, key);
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

  get #knownStamps(): readonly Stamp[] {
    this.#stamps ??= { value: this.#stampsFile?.read() ?? [], isSaved: true };
    return this.#stamps.value;
  }

  stamp(key: string): Stamp | undefined {
    return this.#knownStamps.find((stamp) => stamp.key === key);
  }

  rememberStamp(stamp: Stamp): void {
    const others = this.#knownStamps.filter(({ key }) => key !== stamp.key);
    this.#stamps = { value: [stamp, ...others].slice(0, STAMPS), isSaved: false };
  }

  /** Records what a snapshot proved; {@link save} forgets everything else. */
  rememberSnapshot(snapshot: Snapshot, { keyOf }: CompiledForms): void {
    let current: Current | undefined;
    this.#current = () => {
      current ??= listCurrent(snapshot, keyOf);
      return current;
    };
  }

  /** Records that a reading of some prompts was used. What was known of others stays, also what is not wanted anymore. */
  rememberPart(): void {
    this.#hasPart = true;
  }

  /** Whether much of the cache is probably not wanted anymore, if so many contents are. */
  isWasteful(wanted: number): boolean {
    return (this.#compiled?.count ?? 0) > MOST_CONTENTS * wanted;
  }

  /** Writes everything to disk. Without a remembered snapshot, writes nothing. */
  async save(): Promise<void> {
    const current = this.#current?.();
    if ((current === undefined && !this.#hasPart) || this.folder?.key.save() !== true) return;
    const isRecalled = this.#isRecalled || current === undefined;
    if (!isRecalled || this.#compiled?.isChanged === true)
      this.#compiled?.save(this.#hasPart ? undefined : current?.wanted);
    if (!isRecalled) await this.#saveFacts(current);
    for (const kind of RECORDS) {
      const slot = this.#records[kind];
      if (slot?.record === undefined || slot.isSaved) continue;
      await slot.file.write(storedRecord(slot.record));
      this.#records[kind] = { ...slot, isSaved: true };
    }
    await this.#saveReading();
    if (this.#stamps?.isSaved === false) await this.#stampsFile?.write(this.#stamps.value);
    if (this.#stamps !== undefined) this.#stamps = { ...this.#stamps, isSaved: true };
    if (this.#output?.isSaved !== false || this.#output.value === undefined) return;
    await this.#outputFile?.write(this.#output.value);
    this.#output = { ...this.#output, isSaved: true };
  }

  async #saveReading(): Promise<void> {
    if (this.#isReadingSaved || !this.#reading) return;
    this.#isReadingSaved = true;
    await this.#readingFiles?.write(this.#reading);
  }

  async #saveFacts({ digests, texts }: Current): Promise<void> {
    const known = this.#readFacts();
    const merged = this.#merged;
    const references = Object.fromEntries([...this.#asked].filter(([key]) => texts().has(key)));
    if (JSON.stringify(references) !== JSON.stringify(this.#references ?? this.#referencesFile?.read())) {
      this.#references = references;
      await this.#referencesFile?.write(references);
    }
    const text = merged && printMerged(merged);
    if (text !== undefined && text !== this.#mergedFile?.read()) await this.#mergedFile?.write(text);
    const facts: ReadingFacts = { digests: digests() };
    if (JSON.stringify(facts) === JSON.stringify(known)) return;
    this.#facts = facts;
    await this.#factsFile?.write(facts);
  }

  close(): void {
    this.#compiled?.close();
  }
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
