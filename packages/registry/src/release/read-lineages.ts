// Reads how a commit's history relates to the commits that prompts were last released from.

import { filesOf } from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import {
  type Ancestors,
  ancestry,
  type CommitReader,
  commitReader,
  readAncestors,
  readMergeBases,
} from "../git/ancestry.js";
import { type Commit, readCommit } from "../git/commit-object.js";
import type { GitReader } from "../git/reader.js";
import { walkChanges } from "../history/walk-changes.js";
import type { OpenRepository } from "../repository/repository.js";
import { digestOf } from "../versions/digest.js";
import type { VersionRecord } from "../versions/version-record.js";
import type { Lineage } from "./classify-changes.js";
import type { ReleaseCandidate } from "./release-plan.js";

/** The lineages of those candidates that have a version, by name. */
export async function readLineages(
  repository: OpenRepository,
  commit: string,
  candidates: readonly ReleaseCandidate[],
  versions: readonly VersionRecord[],
): Promise<ReadonlyMap<string, Lineage>> {
  const latest = new Map(versions.map((version) => [version.name, version])); // the last one counts
  const commits = candidates.flatMap(({ name }) => latest.get(name)?.commit ?? []);
  const reader = new LineageReader(repository, commit, await findAncestors(repository.reader, commit, commits));
  const lineages = await mapLimited(candidates, repository.reader.concurrency, async (candidate) => {
    const version = latest.get(candidate.name);
    return version === undefined ? [] : [[candidate.name, await reader.read(candidate, version)] as const];
  });
  return new Map(lineages.flat());
}

/** How many commits are read one by one before git is asked: starting it takes as long. */
const NEAR = 32;

/** Those of some commits that are another one, or its ancestors as far as this clone has the history. */
async function findAncestors(
  reader: GitReader,
  commit: string,
  commits: readonly string[],
): Promise<ReadonlySet<string>> {
  const near = new Set<string>();
  let next: string | undefined = commit;
  for (let count = 0; next !== undefined && count < NEAR && !commits.every((one) => near.has(one)); count++) {
    near.add(next);
    const read: Commit | undefined = await readCommit(reader, next);
    next = read?.parents[0];
  }
  const far = commits.filter((one) => !near.has(one));
  const outside = far.length === 0 ? new Set<string>() : await reader.findOutside(far, [commit]);
  return new Set(commits.filter((one) => !outside.has(one)));
}

class LineageReader {
  readonly #repository: OpenRepository;
  readonly #reader: GitReader;
  readonly #commit: string;
  readonly #readCommit: CommitReader;
  readonly #known: ReadonlySet<string>;
  #ancestors: Promise<Ancestors> | undefined;

  /** @param known Commits that are this one or its ancestors. */
  constructor(repository: OpenRepository, commit: string, known: ReadonlySet<string>) {
    this.#repository = repository;
    this.#reader = repository.reader;
    this.#commit = commit;
    this.#known = known;
    this.#readCommit = commitReader(repository.reader);
  }

  async read(candidate: ReleaseCandidate, latest: VersionRecord): Promise<Lineage> {
    const descends = await this.#descendsFrom(latest.commit);
    if (descends === undefined) return { kind: "unknown" };
    if (descends) return { kind: "descends" };
    const cherryPickedAt = await this.#findCherryPick(candidate, latest);
    if (cherryPickedAt !== undefined) return { kind: "cherry-picked", cherryPickedAt };
    const bases = await readMergeBases(this.#readCommit, (await this.#own()).oids, latest.commit);
    if (bases.length === 0) return { kind: "forked", isUnchanged: undefined };
    const digests = await Promise.all(bases.map((base) => this.#digestAt(candidate.name, base)));
    return { kind: "forked", isUnchanged: digests.includes(candidate.digest) };
  }

  /**
   * Whether the commit is another one or its descendant; `undefined` if this clone lacks the commits that would show
   * it.
   */
  async #descendsFrom(other: string): Promise<boolean | undefined> {
    if (this.#known.has(other)) return true;
    const { oids, truncated } = await this.#own();
    if (oids.has(other)) return true;
    if (!truncated) return false;
    return (await readAncestors(this.#readCommit, other)).oids.has(this.#commit) ? false : undefined;
  }

  #own(): Promise<Ancestors> {
    this.#ancestors ??= readAncestors(this.#readCommit, this.#commit);
    return this.#ancestors;
  }

  async #digestAt(name: string, commit: string): Promise<string | undefined> {
    const { contents, promptsDir } = this.#repository;
    const read = await contents.readUnderSettings({ name, commit });
    return read.kind === "content" ? digestOf(read.content, promptsDir) : undefined;
  }

  /** The commit in this history that has the latest version's content. */
  async #findCherryPick({ name, content }: ReleaseCandidate, latest: VersionRecord): Promise<string | undefined> {
    const paths = filesOf(content).map(({ path }) => `${this.#reader.prefix}${path}`);
    const isTheirs = ancestry(this.#readCommit, latest.commit);
    for await (const { commit } of walkChanges(this.#reader, this.#commit, paths, isTheirs))
      if ((await this.#digestAt(name, commit.oid)) === latest.digest) return commit.oid;
    return undefined;
  }
}
