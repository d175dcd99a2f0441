// Which versions exist: the tags checked against prompts.lock, and their content (docs/file-formats.md gives the rules).

import {
  compareVersions,
  type Diagnostic,
  diagnose,
  latestVersions,
  type Place,
  PROMPT_EXTENSION,
  type PromptContent,
  parseVersionTag,
  type VersionId,
  versionTag,
} from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import type { GitReader, TagRef } from "../git/reader.js";
import { LOCK_FILE, type LockEntry, type LockFile, type LockLine } from "../lock/lock-file.js";
import type { ContentReader, ContentResult } from "../repository/content-reader.js";
import type { OpenRepository } from "../repository/repository.js";
import { digestOf } from "./digest.js";
import { resolveTag } from "./resolve-tag.js";

export interface VersionRecord extends LockEntry {
  readonly line: LockLine | undefined;
  readonly content: PromptContent | undefined;
}

export interface VersionsResult {
  /** Versions that passed every check, sorted. */
  readonly versions: readonly VersionRecord[];
  /** Tags of versions with an error of their own. */
  readonly unusable: ReadonlySet<string>;
  /** Tags that a frozen lock does not hold. */
  readonly unlocked: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface VersionsOptions {
  readonly frozen: boolean;
  readonly knownDigest: (id: VersionId & { commit: string }) => string | undefined;
  readonly needsContent: (version: VersionId & { digest: string; targeted: boolean }) => boolean;
  /** Whether an alias points at a version. */
  readonly isPointedAt: (id: VersionId) => boolean;
  readonly onProgress: (done: number, total: number) => void;
}

/** A version whose commit is agreed on; its content may still turn out wrong. */
interface Candidate extends VersionId {
  readonly commit: string;
  readonly commitData: Buffer | undefined;
  readonly notes: string;
  readonly retired: string | undefined;
  readonly line: LockLine | undefined;
}

/** Checks every tag and lock line and reads what has to be read. */
export function readVersions(
  repository: OpenRepository,
  tags: readonly TagRef[],
  lock: LockFile,
  options: VersionsOptions,
): Promise<VersionsResult> {
  return new VersionReader(repository, lock, options).run(tags);
}

class VersionReader {
  readonly #reader: GitReader;
  readonly #lock: LockFile;
  readonly #options: VersionsOptions;
  readonly #contents: ContentReader;
  readonly #promptsDir: string;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #unusable: Set<string>;
  readonly #unlocked = new Set<string>();

  constructor({ reader, contents, promptsDir }: OpenRepository, lock: LockFile, options: VersionsOptions) {
    this.#reader = reader;
    this.#lock = lock;
    this.#options = options;
    this.#contents = contents;
    this.#promptsDir = promptsDir;
    this.#unusable = new Set(lock.broken);
  }

  async run(tags: readonly TagRef[]): Promise<VersionsResult> {
    const work = this.#listWork(tags);
    let done = 0;
    const latest = latestVersions(
      work.map(({ id }) => ({ ...id, retired: this.#lock.lines.get(versionTag(id))?.retired })),
    );
    const records = await mapLimited(work, this.#reader.concurrency, async ({ id, ref }) => {
      const record = await this.#readOne(id, ref, latest);
      this.#options.onProgress(++done, work.length);
      return record;
    });
    const versions = await this.#settleContent(records.filter((record) => record !== undefined));
    return { versions, unusable: this.#unusable, unlocked: this.#unlocked, diagnostics: this.#diagnostics };
  }

  /** Every version that a tag or a line names, sorted. */
  #listWork(tags: readonly TagRef[]): { id: VersionId; ref: TagRef | undefined }[] {
    const { frozen } = this.#options;
    const work: { id: VersionId; ref: TagRef | undefined }[] = [];
    const tagged = new Set<string>();
    for (const ref of tags) {
      const id = parseVersionTag(ref.name);
      if (id === undefined) continue;
      tagged.add(ref.name);
      if (this.#lock.broken.has(ref.name)) continue;
      if (frozen && !this.#lock.lines.has(ref.name)) this.#unlocked.add(ref.name);
      else work.push({ id, ref });
    }
    for (const [tag, line] of this.#lock.lines) if (!tagged.has(tag)) work.push({ id: line, ref: undefined });
    return work.sort((a, b) => compareVersions(a.id, b.id));
  }

  async #readOne(
    id: VersionId,
    ref: TagRef | undefined,
    latest: ReadonlyMap<string, number>,
  ): Promise<VersionRecord | undefined> {
    const line = this.#lock.lines.get(versionTag(id));
    const candidate = ref === undefined ? locked(line) : await this.#checkTag(id, ref, line);
    if (candidate === undefined) return undefined;
    const known = this.#options.knownDigest({ name: id.name, version: id.version, commit: candidate.commit });
    if (known !== undefined && (line === undefined || line.digest === known)) {
      const { name, version, commit, notes, retired } = candidate;
      return { name, version, commit, notes, retired, line, digest: known, content: undefined };
    }
    const record = await this.#readContent(candidate);
    // Ten thousand texts that nobody asked for are not held until the last one is read.
    return record === undefined || this.#isWanted(record, latest) ? record : { ...record, content: undefined };
  }

  #isWanted({ name, version, digest }: VersionRecord, latest: ReadonlyMap<string, number>): boolean {
    const targeted = latest.get(name) === version || this.#options.isPointedAt({ name, version });
    return this.#options.needsContent({ name, version, digest, targeted });
  }

  /** The candidate that a tag makes, or its error. */
  async #checkTag(id: VersionId, ref: TagRef, line: LockLine | undefined): Promise<Candidate | undefined> {
    const { name, version } = id;
    const known = this.#knownCommit(id, ref, line);
    const retired = line?.retired;
    if (known !== undefined)
      return { name, version, commit: known, commitData: undefined, notes: line?.notes ?? "", retired, line };
    const target = await resolveTag(this.#reader, ref);
    const tag = ref.name;
    const place = this.#placeOf(id, line);
    if (target.kind === "missing") {
      this.#reject(id, diagnose("tag/object-missing", { tag, shallow: this.#reader.shallow }, place, id));
      return undefined;
    }
    if (target.kind === "invalid") {
      this.#reject(id, diagnose("tag/not-a-commit", { tag, problem: target.problem }, place, id));
      return undefined;
    }
    if (line !== undefined && line.commit !== target.commit) {
      const moved = { tag, locked: line.commit, found: target.commit };
      this.#reject(id, diagnose("tag/moved", moved, { file: LOCK_FILE, range: line.range }, id));
      return undefined;
    }
    return {
      name,
      version,
      commit: target.commit,
      commitData: target.data,
      notes: chooseNotes(target.notes, line, this.#options.frozen),
      retired,
      line,
    };
  }

  /**
   * The commit of a tag that needs no object to be read: content and notes are known. (Notes of an annotated tag come
   * from its line then; they are compared whenever the tag is read.)
   */
  #knownCommit({ name, version }: VersionId, ref: TagRef, line: LockLine | undefined): string | undefined {
    const commit = ref.peeled ?? ref.oid;
    const agreed = line === undefined ? ref.peeled === undefined : line.commit === commit;
    if (ref.problem !== undefined || !agreed) return undefined;
    return this.#options.knownDigest({ name, version, commit }) === undefined ? undefined : commit;
  }

  async #readContent(candidate: Candidate): Promise<VersionRecord | undefined> {
    const { name, version, commit, notes, retired, line } = candidate;
    const result = await this.#contents.read(candidate);
    if (result.kind !== "content") {
      this.#reportContent(candidate, result);
      return undefined;
    }
    const digest = digestOf(result.content, this.#promptsDir);
    if (line !== undefined && line.digest !== digest) {
      this.#rejectDigest(candidate, line, digest);
      return undefined;
    }
    return { name, version, commit, notes, retired, line, digest, content: result.content };
  }

  #reportContent(candidate: Candidate, result: Exclude<ContentResult, { kind: "content" }>): void {
    const { line } = candidate;
    const tag = versionTag(candidate);
    const path = this.#pathOf(candidate);
    const place = this.#placeOf(candidate, line);
    if (result.kind === "invalid") this.#reject(candidate, ...result.diagnostics);
    else if (result.kind !== "prompt-missing") this.#rejectObject(candidate, result.kind);
    else if (line !== undefined) this.#rejectDigest(candidate, line, `no ${path} in the commit`);
    else this.#diagnostics.push(diagnose("tag/prompt-missing", { tag, path }, place, candidate));
  }

  #rejectObject(candidate: Candidate, kind: "commit-missing" | "object-missing" | "not-a-commit"): void {
    const { line, commit } = candidate;
    const tag = versionTag(candidate);
    const { shallow } = this.#reader;
    const place = { file: LOCK_FILE, range: line?.range };
    if (kind === "not-a-commit") {
      const problem = `${commit.slice(0, 12)} is not a commit`;
      this.#reject(candidate, diagnose("lock/invalid-line", { problem }, place, candidate));
    } else if (kind === "commit-missing" && line !== undefined)
      this.#reject(candidate, diagnose("lock/commit-missing", { tag, commit, shallow }, place, candidate));
    else
      this.#reject(
        candidate,
        diagnose("tag/object-missing", { tag, shallow }, this.#placeOf(candidate, line), candidate),
      );
  }

  /** Reads content that is wanted though its digest is known, and drops content that is not wanted. */
  async #settleContent(records: readonly VersionRecord[]): Promise<VersionRecord[]> {
    // By now the latest version may be another one than the tags said: one that could be read.
    const latest = latestVersions(records);
    const settled = await mapLimited(records, this.#reader.concurrency, (record) => {
      if (!this.#isWanted(record, latest)) return Promise.resolve({ ...record, content: undefined });
      return record.content === undefined
        ? this.#readContent({ ...record, commitData: undefined })
        : Promise.resolve(record);
    });
    return settled.filter((record) => record !== undefined);
  }

  #rejectDigest(id: VersionId, line: LockLine, found: string): void {
    const args = { tag: versionTag(id), locked: line.digest, found };
    this.#reject(id, diagnose("lock/digest-mismatch", args, { file: LOCK_FILE, range: line.range }, id));
  }

  #reject(id: VersionId, ...diagnostics: readonly Diagnostic[]): void {
    this.#unusable.add(versionTag(id));
    this.#diagnostics.push(...diagnostics);
  }

  #pathOf({ name }: VersionId): string {
    return `${this.#promptsDir}/${name}${PROMPT_EXTENSION}`;
  }

  /** Its line, where people can find it; a tag without one has no place but the file that it stands for. */
  #placeOf(id: VersionId, line: LockLine | undefined): Place {
    return line === undefined
      ? { file: this.#pathOf(id), revision: { version: id.version } }
      : { file: LOCK_FILE, range: line.range };
  }
}

/** A version that only the lock names: a clone need not have tags. */
function locked(line: LockLine | undefined): Candidate | undefined {
  if (line === undefined) return undefined;
  const { name, version, commit, notes, retired } = line;
  return { name, version, commit, notes, retired, line, commitData: undefined };
}

/**
 * The tag's message refreshes the locked notes. A tag without one never erases them: CI checkouts are known to replace an
 * annotated tag with a lightweight one.
 */
function chooseNotes(tagged: string, line: LockLine | undefined, frozen: boolean): string {
  if (line === undefined) return tagged;
  return frozen || tagged === "" ? line.notes : tagged;
}
