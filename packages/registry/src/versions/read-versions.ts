// Reads which versions exist: checks the tags against prompts.lock, and their content (docs/file-formats.md has the
// rules).

import {
  compareVersions,
  type Diagnostic,
  diagnose,
  gitTag,
  latestVersions,
  type PromptContent,
  parseGitTag,
  type VersionId,
  versionTag,
} from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import type { TagRef } from "../git/reader.js";
import type { LockFile } from "../lock/lock-file.js";
import type { OpenRepository } from "../repository/repository.js";
import { checkContent } from "./check-content.js";
import { type CandidateOptions, findCandidate } from "./find-candidate.js";
import { resolveTag } from "./resolve-tag.js";
import { findStrayTags, type StrayTag } from "./stray-numbers.js";
import {
  type ForeignTag,
  isRejection,
  type NamedVersion,
  placeOf,
  type Rejection,
  type VersionRecord,
} from "./version-record.js";

export interface VersionsResult {
  /** Versions that passed every check, sorted. */
  readonly versions: readonly VersionRecord[];
  /** Versions with an error of their own, as prompts.lock writes them. */
  readonly unusable: ReadonlySet<string>;
  /** Versions that a frozen lock does not contain, as it would write them. */
  readonly unlocked: ReadonlySet<string>;
  /** Tags that look like versions, but whose commits do not hold the prompt; in the order of the versions. */
  readonly foreign: readonly ForeignTag[];
  /** Tags that do not count because of their numbers, by name. */
  readonly stray: ReadonlyMap<string, StrayTag>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface VersionsOptions extends CandidateOptions {
  readonly needsContent: (version: VersionId & { digest: string; targeted: boolean }) => boolean;
  /** Offered each content that is wanted. Default: all are kept. */
  readonly take?: TakeContent | undefined;
  /** Whether an alias points at a version. */
  readonly isPointedAt: (id: VersionId) => boolean;
  readonly onProgress: (done: number, total: number) => void;
  /** Which versions, as prompts.lock writes them, are in no history that counts as reviewed. */
  readonly findUnmerged: (versions: readonly VersionRecord[]) => Promise<ReadonlySet<string>>;
}

/**
 * Takes the content of a version, so that memory never holds those of all.
 *
 * @returns Whether it was taken: it is then not wanted anymore.
 */
export type TakeContent = (
  version: VersionId & { readonly digest: string; readonly content: PromptContent },
) => Promise<boolean>;

type TaggedVersion = Pick<NamedVersion, "id"> & { readonly ref: TagRef };

/** Checks every tag and every line of the lock, and reads the content that is needed. */
export function readVersions(
  repository: OpenRepository,
  tags: readonly TagRef[],
  lock: LockFile,
  options: VersionsOptions,
): Promise<VersionsResult> {
  return new VersionReader(repository, lock, options).run(tags);
}

class VersionReader {
  readonly #repository: OpenRepository;
  readonly #lock: LockFile;
  readonly #options: VersionsOptions;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #unusable: Set<string>;
  readonly #unlocked = new Set<string>();
  readonly #foreign: ForeignTag[] = [];

  constructor(repository: OpenRepository, lock: LockFile, options: VersionsOptions) {
    this.#repository = repository;
    this.#lock = lock;
    this.#options = options;
    this.#unusable = new Set(lock.broken);
  }

  async run(tags: readonly TagRef[]): Promise<VersionsResult> {
    const { named, unlocked, stray } = this.#listNamed(tags);
    await mapLimited(unlocked, this.#repository.reader.concurrency, (version) => this.#keepUnlocked(version));
    const latest = latestVersions(named.map(({ id, line }) => ({ ...id, retired: line?.retired })));
    let done = 0;
    const records = await mapLimited(named, this.#repository.reader.concurrency, async (version) => {
      const record = await this.#read(version, latest);
      this.#options.onProgress(++done, named.length);
      return record;
    });
    const found = records.filter((record) => record !== undefined);
    const unmerged = await this.#options.findUnmerged(found);
    const marked = found.map((record) =>
      unmerged.has(versionTag(record)) ? { ...record, unmerged: true as const } : record,
    );
    const versions = await this.#settleContent(marked);
    return {
      versions,
      unusable: this.#unusable,
      unlocked: this.#unlocked,
      foreign: this.#foreign.sort((a, b) => compareVersions(a.id, b.id)),
      stray,
      diagnostics: this.#diagnostics,
    };
  }

  /** Every version that a tag or a line names, sorted; the tags that a frozen lock does not contain, and those that do not count. */
  #listNamed(
    tags: readonly TagRef[],
  ): { named: NamedVersion[]; unlocked: TaggedVersion[] } & Pick<VersionsResult, "stray"> {
    const { lines, broken } = this.#lock;
    const named: NamedVersion[] = [];
    const unlocked: TaggedVersion[] = [];
    const tagged = new Set<string>();
    const { tagPrefix, promptsDir } = this.#repository;
    const stray = findStrayTags(tags, tagPrefix, lines.values());
    for (const { id, tag, before } of stray.values())
      this.#diagnostics.push(diagnose("tag/jump", { tag, before }, placeOf(id, undefined, promptsDir), id));
    for (const ref of tags) {
      const id = parseGitTag(ref.name, tagPrefix);
      if (id === undefined || stray.has(ref.name)) continue;
      const key = versionTag(id);
      tagged.add(key);
      if (broken.has(key)) continue;
      const line = lines.get(key);
      if (this.#options.frozen && line === undefined) unlocked.push({ id, ref });
      else named.push({ id, ref, line });
    }
    for (const [key, line] of lines) if (!tagged.has(key)) named.push({ id: line, ref: undefined, line });
    return { named: named.sort((a, b) => compareVersions(a.id, b.id)), unlocked, stray };
  }

  /** The tag of another project is not a version that the lock lacks. */
  async #keepUnlocked({ id, ref }: TaggedVersion): Promise<void> {
    const { reader, places } = this.#repository;
    const target = await resolveTag(reader, ref);
    const place = target.kind === "commit" ? await places.find(id.name, target.commit) : undefined;
    if (place?.kind !== "elsewhere") this.#unlocked.add(versionTag(id));
  }

  async #read(version: NamedVersion, latest: ReadonlyMap<string, number>): Promise<VersionRecord | undefined> {
    const candidate = this.#unlessRejected(version.id, await findCandidate(version, this.#repository, this.#options));
    if (candidate === undefined) return undefined;
    if (candidate.warning !== undefined) this.#diagnostics.push(candidate.warning);
    const { name, version: number, commit, notes, retired, line } = candidate;
    const known = this.#options.knownDigest({ name, version: number, commit });
    if (known !== undefined && (line === undefined || line.digest === known))
      return { name, version: number, commit, notes, retired, line, digest: known, content: undefined };
    const record = this.#unlessRejected(version.id, await checkContent(candidate, this.#repository));
    if (record === undefined) return undefined;
    // Thousands of texts that were not requested are not kept in memory until the last one is read.
    return this.#isWanted(record, latest) ? this.#offer(record) : { ...record, content: undefined };
  }

  async #offer(record: VersionRecord): Promise<VersionRecord> {
    const { name, version, digest, content } = record;
    if (content === undefined || this.#options.take === undefined) return record;
    const isTaken = await this.#options.take({ name, version, digest, content });
    return isTaken ? { ...record, content: undefined } : record;
  }

  #isWanted({ name, version, digest }: VersionRecord, latest: ReadonlyMap<string, number>): boolean {
    const targeted = latest.get(name) === version || this.#options.isPointedAt({ name, version });
    return this.#options.needsContent({ name, version, digest, targeted });
  }

  /** Reads content that is wanted although its digest is known, and drops content that is not wanted. */
  async #settleContent(records: readonly VersionRecord[]): Promise<VersionRecord[]> {
    // The latest version may differ from what the tags said, because versions with errors are gone by now.
    const latest = latestVersions(records);
    const settled = await mapLimited(records, this.#repository.reader.concurrency, async (record) => {
      if (!this.#isWanted(record, latest)) return { ...record, content: undefined };
      if (record.content !== undefined) return record;
      const read = this.#unlessRejected(record, await checkContent(record, this.#repository));
      return read && this.#offer({ ...record, content: read.content });
    });
    return settled.filter((record) => record !== undefined);
  }

  /** Records the reasons of a rejection. */
  #unlessRejected<T extends object>(id: VersionId, result: T | Rejection): T | undefined {
    if (!isRejection(result)) return result;
    const tag = gitTag(id, this.#repository.tagPrefix);
    if (result.foreign === undefined) this.#unusable.add(versionTag(id));
    else this.#foreign.push({ id, tag, place: result.foreign });
    this.#diagnostics.push(...result.reasons);
    return undefined;
  }
}
