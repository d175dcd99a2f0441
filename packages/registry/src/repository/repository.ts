// A project's repository, opened once for everything that a command asks of it.

import { openIsomorphicWriter } from "../git/isomorphic-writer.js";
import { KnownTags } from "../git/known-tags.js";
import { openNativeWriter } from "../git/native-writer.js";
import { type GitChoice, type OpenGit, openGit } from "../git/open-git.js";
import type { RepositoryFacts } from "../git/preflight.js";
import { type GitReader, RepositoryUnreadable, type TagList } from "../git/reader.js";
import { readRef } from "../git/refs.js";
import { openRemote, type Remote } from "../git/remote.js";
import type { GitWriter } from "../git/writer.js";
import { ContentReader, type PartialReferences, type SchemaReferences } from "./content-reader.js";
import { KnownTexts } from "./known-texts.js";
import { PromptPlaces } from "./prompt-places.js";

export interface RepositoryOptions {
  /**
   * The project's folder, absolute. It may be a subfolder of the repository; a version's files are then read from the
   * same folder of its commit.
   */
  readonly dir: string;
  /** The prompts folder, relative to `dir`, with `/` and none at the end: `prompts`. */
  readonly promptsDir: string;
  /** What the tags of this project's versions begin with: `bot/`. Default: nothing. */
  readonly tagPrefix?: string | undefined;
  /** Which adapter reads git. Default: `auto`. */
  readonly git?: GitChoice | undefined;
  /**
   * Names of the partials that a file's text uses. Passed in, because the registry does not know the template language.
   */
  readonly partialReferences: PartialReferences;
  /** Names of the schemas that a file uses. Default: none. */
  readonly schemaReferences?: SchemaReferences | undefined;
  /** Whether the template's line ends at the edges of messages are removed, in the working tree. Default: no. */
  readonly trimMessages?: boolean | undefined;
  /** Whether a Markdown file within the prompts folder is not a prompt. Default: all are. */
  readonly isIgnored?: ((path: string) => boolean) | undefined;
  /** Branches whose versions count as reviewed, besides the commit that is checked out. Default: none. */
  readonly releaseBranches?: readonly BranchPattern[] | undefined;
  /**
   * The prompts that are asked about: only their tags, lines and files are read, so that the answer costs what these prompts
   * cost. What is found says nothing about others. Default: all.
   */
  readonly only?: ReadonlySet<string> | undefined;
  /** Allows fetching the objects that a partial clone left out; called before each fetch. Default: nothing is fetched. */
  readonly onFetch?: ((objects: number) => void) | undefined;
  /** For processes that watch: see {@link WatchMemory}. Default: nothing is known. */
  readonly memory?: WatchMemory | undefined;
  /** Texts that count in place of working files, by their paths relative to `dir`; also of files that do not exist. Default: none. */
  readonly drafts?: ReadonlyMap<string, string> | undefined;
}

/**
 * What a process that watches knows of files that it has read. It believes their times: a file that was changed without another size
 * or time is read by the next command only.
 */
export class WatchMemory {
  readonly texts: KnownTexts = new KnownTexts();
  readonly tags: KnownTags = new KnownTags();
}

/** Names of branches that a user gave. */
export interface BranchPattern {
  /** As it was written. */
  readonly pattern: string;
  /** @param name Without `refs/heads/` or the remote's name. */
  readonly matches: (name: string) => boolean;
}

/** The options that count while a repository is open, with their defaults. */
type Settings = {
  readonly [Key in Exclude<keyof RepositoryOptions, "git" | "onFetch" | Optional>]-?: NonNullable<
    RepositoryOptions[Key]
  >;
} & Pick<RepositoryOptions, Optional>;

type Optional = "only" | "memory" | "drafts";

/**
 * A project's repository. Nothing is read before the first `open`, and only one git process is then kept for objects;
 * it does not keep the program running.
 */
export interface Repository extends Settings {
  /**
   * What is in the repository. The answer is kept until {@link refresh}, so that all callers see the same tags. A failure
   * is not kept: the next call tries again.
   *
   * @throws {RepositoryUnreadable} with a diagnostic that names the remedy.
   */
  open(): Promise<OpenRepository>;
  /**
   * Forgets tags, `HEAD` and what remotes have, since they have changed: the next `open` lists them again.
   *
   * @param changed `HEAD` if there are only new commits: the tags are not listed again. Default: everything.
   */
  refresh(changed?: "HEAD"): void;
  /** Ends the git process. A later `open` starts another one. It never rejects. */
  close(): Promise<void>;
}

/** A repository as it was when its tags were listed. */
export interface OpenRepository extends Settings {
  readonly facts: RepositoryFacts;
  readonly reader: GitReader;
  /** All tags of the repository, also those of other projects. */
  readonly tags: TagList;
  readonly contents: ContentReader;
  readonly places: PromptPlaces;
  /** The commit that a name leads to; see {@link GitReader.resolveCommit}. Each name is asked for once. */
  resolveCommit(name: string): Promise<string | undefined>;
  /** Whether the repository has any tag, also when only those of some prompts were listed. */
  hasTags(): Promise<boolean>;
  writer(): GitWriter;
  /** @param name A remote's name, a URL or a path. Its tags are listed once. */
  remote(name: string): Promise<Remote>;
}

/** Prepares the repository of a project; see {@link Repository}. */
export function openRepository(options: RepositoryOptions): Repository {
  const { dir, promptsDir } = options;
  const settings: Settings = {
    ...options,
    tagPrefix: options.tagPrefix ?? "",
    schemaReferences: options.schemaReferences ?? (() => []),
    trimMessages: options.trimMessages ?? false,
    isIgnored: options.isIgnored ?? (() => false),
    releaseBranches: options.releaseBranches ?? [],
  };
  // A version that was released before the project got its prefix keeps its tag.
  const prefixes = [...new Set([settings.tagPrefix, ""])];
  const tagNames = options.only && [...options.only].flatMap((name) => prefixes.map((prefix) => prefix + name));
  /** Lives until `close`. */
  const git = keepSuccess(start);
  /** Lives until `refresh`. */
  const view = keepSuccess(look);
  let listsAgain = false;
  let listed: TagList | undefined;

  async function start() {
    const { git: choice = "auto", onFetch } = options;
    const opened = await openGit(dir, { choice, onFetch, tagNames, knownTags: options.memory?.tags });
    return { ...opened, contents: new ContentReader(opened.reader, settings) };
  }

  async function look(): Promise<OpenRepository> {
    const opened = await git.get();
    const tags = listsAgain ? await opened.reader.listTags(tagNames) : (listed ?? opened.tagList);
    listed = tags;
    listsAgain = false;
    const questions = askOnce(opened);
    const places = new PromptPlaces({ ...opened, promptsDir, ...questions });
    const hasTags = async () => tags.names().length > 0 || (tagNames !== undefined && (await opened.reader.hasTags()));
    return { ...settings, ...opened, tags, hasTags, places, ...questions };
  }

  return {
    ...settings,
    open: view.get,
    refresh(changed) {
      view.forget();
      if (changed === undefined) listsAgain = git.isKept();
    },
    async close() {
      const opened = git.forget();
      view.forget();
      listsAgain = false;
      listed = undefined;
      // If opening failed, there is nothing to close, and the caller of `open` has got the error.
      await (await opened?.catch(() => undefined))?.reader.close();
    },
  };
}

/** Opens a repository if it can be read. Otherwise, other callers of `open` report why. */
export async function openIfReadable(repository: Pick<Repository, "open">): Promise<OpenRepository | undefined> {
  try {
    return await repository.open();
  } catch (error) {
    if (error instanceof RepositoryUnreadable) return undefined;
    throw error;
  }
}

/** The questions that one view of a repository asks git only once. */
function askOnce(git: OpenGit): Pick<OpenRepository, "resolveCommit" | "writer" | "remote"> {
  const { facts, reader } = git;
  const commits = new Map<string, Promise<string | undefined>>();
  const remotes = new Map<string, Promise<Remote>>();
  return {
    resolveCommit: (name) => remembered(commits, name, () => resolveCommit(git, name)),
    writer: () => (reader.adapter === "native" ? openNativeWriter(facts) : openIsomorphicWriter(facts)),
    remote: (name) => remembered(remotes, name, () => openRemote(facts, name)),
  };
}

/** `HEAD` and full ids need no process of their own: files lead to the commit, and the process for objects can check an id. */
async function resolveCommit({ facts, reader }: OpenGit, name: string): Promise<string | undefined> {
  const head = name === "HEAD" ? await readRef(facts, name) : undefined;
  if (head !== undefined) return head;
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name) && (await reader.readObject(name))?.type === "commit") return name;
  return reader.resolveCommit(name);
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const answer = ask();
  known.set(key, answer);
  answer.catch(() => known.delete(key));
  return answer;
}

/** A promise that is made when it is first asked for and then kept, unless it is rejected. */
interface KeptSuccess<T> {
  get(): Promise<T>;
  isKept(): boolean;
  /** Returns what was kept. */
  forget(): Promise<T> | undefined;
}

function keepSuccess<T>(make: () => Promise<T>): KeptSuccess<T> {
  let kept: Promise<T> | undefined;
  return {
    get() {
      if (kept !== undefined) return kept;
      const made = make();
      kept = made;
      made.catch(() => {
        if (kept === made) kept = undefined;
      });
      return made;
    },
    isKept: () => kept !== undefined,
    forget() {
      const before = kept;
      kept = undefined;
      return before;
    },
  };
}
