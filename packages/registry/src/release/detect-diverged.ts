// Whether a commit has what was released last. Content counts as changed only by what the commit's own history did: what it
// merely does not have yet, since others released it from their commits, must not be put behind its older content.

import { compareText, type Diagnostic, diagnose, PROMPT_EXTENSION } from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import { walkChanges } from "../history/walk-changes.js";
import type { OpenRepository } from "../repository/repository.js";
import { digestOf } from "../versions/digest.js";
import type { VersionRecord } from "../versions/read-versions.js";
import { type Ancestors, ancestry, type CommitReader, commitReader, readAncestors } from "./ancestry.js";
import type { BehindPrompt, ReleaseCandidate } from "./release-plan.js";

export interface ClassifiedChanges {
  /** What is to be released. */
  readonly changed: readonly ReleaseCandidate[];
  /** Commits that brought the latest version's content without its commit (a squash, a cherry-pick), by name. */
  readonly since: ReadonlyMap<string, string>;
  readonly behind: readonly BehindPrompt[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Subject {
  readonly commit: string;
  /** Whether somebody named the prompts: what was changed on both sides is released then. */
  readonly named: boolean;
  /** Prompts of which the same holds, because others released them only after this release began. */
  readonly again: ReadonlySet<string>;
}

/** Tells prompts that a commit's own history changed from those that others did. */
export async function classifyChanges(
  repository: OpenRepository,
  { commit, named, again }: Subject,
  candidates: readonly ReleaseCandidate[],
  versions: readonly VersionRecord[],
): Promise<ClassifiedChanges> {
  const { reader, promptsDir } = repository;
  const judge = new Judge(repository, commit, versions);
  const judged = await mapLimited(candidates, reader.concurrency, (candidate) => judge.judge(candidate));
  const changed: ReleaseCandidate[] = [];
  const since = new Map<string, string>();
  const behind: BehindPrompt[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const { name } = candidate;
    const { kind, latest, brought } = judged[index] ?? { kind: "next" };
    const place = { file: `${promptsDir}/${name}${PROMPT_EXTENSION}` };
    const id = { name, version: latest?.version ?? 0 };
    const isBehind = kind === "behind" || kind === "maybe-behind";
    if (isBehind && named) diagnostics.push(diagnose("release/behind", id, place, id));
    const isLeft = kind === "diverged" && !named && !again.has(name);
    if (isLeft) diagnostics.push(diagnose("release/diverged", id, place, id));
    if (kind === "unknown")
      diagnostics.push(diagnose("release/unknown-history", { ...id, shallow: reader.shallow }, place, id));
    if (kind === "maybe-behind" && !named)
      diagnostics.push(diagnose("release/unknown-age", { ...id, shallow: reader.shallow }, place, id));
    if (isBehind || isLeft)
      behind.push({ ...id, changed: isLeft, ...(kind === "maybe-behind" ? { unknown: true as const } : {}) });
    else changed.push(candidate);
    if (brought !== undefined) since.set(name, brought);
  }
  behind.sort((a, b) => compareText(a.name, b.name));
  return { changed, since, behind, diagnostics };
}

interface Judgement {
  readonly kind:
    | "next"
    /** Others changed it, and this commit's history did not. */
    | "behind"
    /** As "unknown", with content that a version has: it is older, or was brought back. */
    | "maybe-behind"
    /** Both did. */
    | "diverged"
    /** This clone lacks the commits that would tell. */
    | "unknown";
  readonly latest?: VersionRecord;
  readonly brought?: string | undefined;
}

class Judge {
  readonly #repository: OpenRepository;
  readonly #commit: string;
  readonly #versions: readonly VersionRecord[];
  readonly #readCommit: CommitReader;
  #ancestors: Promise<Ancestors> | undefined;

  constructor(repository: OpenRepository, commit: string, versions: readonly VersionRecord[]) {
    this.#repository = repository;
    this.#commit = commit;
    this.#versions = versions;
    this.#readCommit = commitReader(repository.reader);
  }

  async judge(candidate: ReleaseCandidate): Promise<Judgement> {
    const versions = this.#versions.filter(({ name }) => name === candidate.name);
    const latest = versions.at(-1);
    if (latest === undefined) return { kind: "next" };
    const isVersion = versions.some(({ digest }) => digest === candidate.digest);
    const isAncestor = await this.#has(latest.commit);
    if (isAncestor === true) return { kind: "next" };
    if (isAncestor === undefined) return { kind: isVersion ? "maybe-behind" : "unknown", latest };
    const brought = await this.#findBrought(candidate, latest);
    if (brought !== undefined) return { kind: "next", brought };
    const bases = await this.#mergeBases(latest.commit);
    const digests = await Promise.all(bases.map((base) => this.#digestAt(candidate.name, base)));
    const isUntouched = bases.length === 0 ? isVersion : digests.includes(candidate.digest);
    return { kind: isUntouched ? "behind" : "diverged", latest };
  }

  /** Whether the commit is another one or descends from it; `undefined` where this clone's history does not tell. */
  async #has(other: string): Promise<boolean | undefined> {
    const commit = await this.#readCommit(other);
    // Most often it is near.
    if (commit !== undefined && (await ancestry(this.#readCommit, this.#commit)(commit))) return true;
    const { oids, truncated } = await this.#own();
    if (oids.has(other)) return true;
    if (!truncated) return false;
    return (await readAncestors(this.#readCommit, other)).oids.has(this.#commit) ? false : undefined;
  }

  #own(): Promise<Ancestors> {
    this.#ancestors ??= readAncestors(this.#readCommit, this.#commit);
    return this.#ancestors;
  }

  /** The commits at which both histories parted. */
  async #mergeBases(other: string): Promise<string[]> {
    const { oids: own } = await this.#own();
    const seen = new Set([other]);
    const shared: string[] = [];
    for (const oid of seen) {
      if (own.has(oid)) shared.push(oid);
      else for (const parent of (await this.#readCommit(oid))?.parents ?? []) seen.add(parent);
    }
    if (shared.length < 2) return shared;
    const earlier = await Promise.all(
      shared.map(async (oid) => ({ oid, ...(await readAncestors(this.#readCommit, oid)) })),
    );
    return shared.filter((oid) => !earlier.some((one) => one.oid !== oid && one.oids.has(oid)));
  }

  async #digestAt(name: string, commit: string): Promise<string | undefined> {
    const { contents, promptsDir } = this.#repository;
    const read = await contents.read({ name, commit });
    return read.kind === "content" ? digestOf(read.content, promptsDir) : undefined;
  }

  /** The commit of this one's own history that has the latest version's content. */
  async #findBrought({ name, content }: ReleaseCandidate, latest: VersionRecord): Promise<string | undefined> {
    const { reader } = this.#repository;
    const paths = [content.prompt, ...content.partials].map(({ path }) => `${reader.prefix}${path}`);
    const isTheirs = ancestry(this.#readCommit, latest.commit);
    for await (const { commit } of walkChanges(reader, this.#commit, paths, isTheirs))
      if ((await this.#digestAt(name, commit.oid)) === latest.digest) return commit.oid;
    return undefined;
  }
}
