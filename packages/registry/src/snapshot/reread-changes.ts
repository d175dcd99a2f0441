// Reads only the prompts of a project again that have changed since the last reading, and takes everything else from it. Only if that
// reading found nothing to report, and nothing is to be reported about what has changed: otherwise, the whole project is read.

import {
  classifyPath,
  compareText,
  compareVersions,
  gitTag,
  PROMPT_EXTENSION,
  parseGitTag,
  parseVersionTag,
  type Range,
  type Snapshot,
  versionTag,
} from "@cuecard/model";
import { parseTagLines } from "../git/native.js";
import type { TagRef } from "../git/reader.js";
import type { MergedRecord } from "../history/find-unmerged.js";
import { addLines } from "../lock/add-lines.js";
import type { LockLine } from "../lock/lock-file.js";
import type { LockResult } from "../lock/plan-lock-update.js";
import type { OpenRepository } from "../repository/repository.js";
import { SCORES_EXTENSION } from "../scores/scores-file.js";
import type { ReadResult } from "./assemble-snapshot.js";
import { findChangedLines } from "./changed-lines.js";
import type { WorkingTree } from "./read-working-tree.js";
import { findChangedFiles, type ReadingInputs, type UnparsedFiles } from "./reading-inputs.js";
import { type Kept, type KeptReading, toResult, withTexts } from "./remembered-reading.js";

/** More prompts than these are not worth taking apart. */
const MAX_SHARE = 1 / 4;

export interface PartReading extends ReadResult {
  /** The lines of the lock that were parsed. */
  readonly lines: ReadonlyMap<string, LockLine>;
}

export interface RereadRequest {
  readonly repository: OpenRepository;
  readonly files: UnparsedFiles;
  readonly inputs: ReadingInputs;
  readonly frozen: boolean;
  /** Reads some prompts. */
  readonly readPart: (part: PartRequest) => Promise<PartReading>;
  /** Reads the whole working tree. */
  readonly readWorking: () => Promise<WorkingTree>;
}

export interface PartRequest {
  readonly names: ReadonlySet<string>;
  /** The tags of these prompts. */
  readonly tags: readonly TagRef[];
  readonly knownDigest: (id: { name: string; version: number; commit: string }) => string | undefined;
  /** Which versions are known to be merged. */
  readonly merged: MergedRecord;
}

/** `undefined` if the whole project has to be read. */
export async function rereadChanges(last: KeptReading, request: RereadRequest): Promise<ReadResult | undefined> {
  const { repository, files, inputs, frozen } = request;
  const earlier = last.inputs;
  if (earlier === undefined || earlier.settings !== inputs.settings || last.result.diagnostics.length > 0)
    return undefined;
  const kept = last.result;
  if (!(await hasGrown(earlier, inputs, kept, repository))) return undefined;
  const changes = findChanges(earlier, inputs, kept, repository);
  if (changes === undefined) return undefined;
  const { names, newTags, areFilesShared, lineNow } = changes;
  const all = knownNames(kept.snapshot);
  if (names.size > 1 + all.size * MAX_SHARE) return undefined;
  const current = last.hasTexts ? kept.snapshot : withTexts(kept.snapshot, files.working);
  const part = names.size === 0 ? undefined : await readPartOf({ names, newTags }, current, request);
  // A new name may be too similar to another one.
  if (part !== undefined && (!isPlain(part, frozen) || hasNewNames(part.snapshot, all))) return undefined;
  const working = areFilesShared ? await request.readWorking() : undefined;
  if (working !== undefined && (working.diagnostics.length > 0 || working.schemaNames.length > 0)) return undefined;
  const aliases = moveAliases(current, names, lineNow);
  const lock = part === undefined ? undefined : updateLock(part, { earlier, files, names, frozen });
  if (aliases === undefined || (part !== undefined && lock === undefined)) return undefined;
  const snapshot = merge({ ...current, aliases }, part?.snapshot, names);
  const own = working && { working: working.prompts, workingPartials: working.partials };
  const result = {
    ...toResult({ snapshot: { ...snapshot, ...own }, unlocked: [], diagnostics: [] }, files.lockText),
    since: {
      reading: last,
      names: working === undefined ? names : new Set([...names, ...changedIn(current, working)]),
    },
  };
  return lock === undefined ? result : { ...result, lock };
}

/** The prompts of the working tree that are not as they were. */
function changedIn({ working }: Snapshot, { prompts }: WorkingTree): string[] {
  const digests = new Map(working.map(({ name, digest }) => [name, digest]));
  const now = new Set(prompts.map(({ name }) => name));
  const removed = working.filter(({ name }) => !now.has(name));
  return [...removed, ...prompts.filter(({ name, digest }) => digests.get(name) !== digest)].map(({ name }) => name);
}

/** Whether the history contains what it contained before. */
async function hasGrown(
  { heads }: ReadingInputs,
  { heads: now }: ReadingInputs,
  { snapshot }: Kept,
  { reader }: OpenRepository,
): Promise<boolean> {
  if (heads.join() === now.join()) return true;
  // What was not merged may be merged now.
  if (heads.length === 0 || now.length === 0 || snapshot.versions.some(({ unmerged }) => unmerged)) return false;
  return (await reader.findOutside(heads, now)).size === 0;
}

interface Changes {
  /** Of the prompts that are read again. */
  readonly names: ReadonlySet<string>;
  /** Names of tags that are new, or lead to something else now. */
  readonly newTags: ReadonlySet<string>;
  /** Whether files have changed that several prompts may use. */
  readonly areFilesShared: boolean;
  /** Where a line of aliases.json is now. */
  readonly lineNow: (line: number) => number | undefined;
}

/** `undefined` if it is not certain which prompts have changed. */
function findChanges(
  earlier: ReadingInputs,
  inputs: ReadingInputs,
  { snapshot }: Kept,
  { tagPrefix, isIgnored }: OpenRepository,
): Changes | undefined {
  const names = new Set<string>();
  const tags = tagsIn(findChangedLines(earlier.tags, inputs.tags));
  if (tags === undefined) return undefined;
  const newTags = new Set(tags.map((tag) => tag.name));
  for (const tag of tags) {
    const id = parseGitTag(tag.name, tagPrefix);
    if (id !== undefined) names.add(id.name);
  }
  const lock = findChangedLines(earlier.lock, inputs.lock);
  const lines = [...lock.removed, ...lock.added].filter((line) => line !== "");
  if (lock.isReordered || (lines.length === 0 && earlier.lock !== inputs.lock)) return undefined;
  for (const line of lines) {
    const id = parseVersionTag(line.slice(0, Math.max(0, line.indexOf(" "))));
    if (id === undefined) return undefined;
    names.add(id.name);
  }
  const aliases = findChangedEntries(earlier.aliases, inputs.aliases);
  if (aliases === undefined) return undefined;
  for (const name of aliases.names) names.add(name);
  for (const { name, range } of snapshot.aliases) if (moveRange(range, aliases.lineNow) === undefined) names.add(name);
  const counted = findChangedFiles(earlier, inputs).filter(
    (path) => !isIgnored(path) || classifyPath(path).kind === "partial",
  );
  const owners = counted.map(ownerOf);
  for (const name of owners) if (name !== undefined) names.add(name);
  return { names, newTags, areFilesShared: owners.includes(undefined), lineNow: aliases.lineNow };
}

/** `undefined` if a line is not that of a tag. */
function tagsIn({ removed, added }: ReturnType<typeof findChangedLines>): TagRef[] | undefined {
  const lines = [...removed, ...added].filter((line) => line !== "");
  const tags = parseTagLines(lines);
  return tags.length === lines.length ? tags : undefined;
}

/** The prompts whose entries in aliases.json differ; `undefined` if one of the texts is not as it should be. */
function findChangedEntries(
  earlier: string,
  now: string,
): { readonly names: readonly string[]; readonly lineNow: Changes["lineNow"] } | undefined {
  const { added, lineNow } = findChangedLines(earlier, now);
  if (earlier === now) return { names: [], lineNow };
  const [was, is] = [parseObject(earlier), parseObject(now)];
  if (was === undefined || is === undefined) return undefined;
  const keys = new Set([...Object.keys(was), ...Object.keys(is)]);
  const changed = [...keys].filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  // A second entry of a prompt, which is an error, is in one of the new lines.
  const written = added.flatMap((line) => [...line.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([text]) => parseString(text)));
  return {
    names: [...changed, ...written.filter((name) => name !== undefined && keys.has(name))] as string[],
    lineNow,
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text.replace(/^\uFEFF/, ""));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function parseString(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

/** The prompt that a file belongs to; `undefined` if several can use it. */
function ownerOf(path: string): string | undefined {
  const isScores = path.endsWith(SCORES_EXTENSION);
  const file = classifyPath(isScores ? `${path.slice(0, -SCORES_EXTENSION.length)}${PROMPT_EXTENSION}` : path);
  return file.kind === "prompt" ? file.name : undefined;
}

function knownNames({ versions, workingNames }: Snapshot): ReadonlySet<string> {
  return new Set([...workingNames, ...versions.map(({ name }) => name)]);
}

function hasNewNames(part: Snapshot | undefined, all: ReadonlySet<string>): boolean {
  return part === undefined || [...knownNames(part)].some((name) => !all.has(name));
}

function readPartOf(
  { names, newTags }: Pick<Changes, "names" | "newTags">,
  { versions }: Snapshot,
  { repository, inputs, readPart }: RereadRequest,
): Promise<PartReading> {
  const own = versions.filter(({ name }) => names.has(name));
  const digests = new Map(own.map((version) => [`${versionTag(version)} ${version.commit}`, version.digest]));
  const commits = new Map(own.map((version) => [gitTag(version, repository.tagPrefix), version.commit]));
  // A tag that leads to where it led before need not be followed.
  const peel = (tag: TagRef): TagRef => {
    const commit = newTags.has(tag.name) ? undefined : commits.get(tag.name);
    return commit === undefined || commit === tag.oid ? tag : { ...tag, peeled: commit };
  };
  const lines = inputs.tags.split("\n").filter((line) => isTagOf(line, names, repository.tagPrefix));
  return readPart({
    names,
    tags: parseTagLines(lines).map(peel),
    knownDigest: (id) => digests.get(`${versionTag(id)} ${id.commit}`),
    merged: {
      heads: inputs.heads,
      merged: own.flatMap((version) =>
        version.unmerged ? [] : [`${versionTag(version)} ${version.commit} ${version.digest}`],
      ),
      unmerged: [],
    },
  });
}

function isTagOf(line: string, names: ReadonlySet<string>, prefix: string): boolean {
  return line.startsWith(prefix) && names.has(line.slice(prefix.length, Math.max(0, line.indexOf("@", prefix.length))));
}

/** Whether nothing was found that a reading of everything would have to look at. */
function isPlain(part: PartReading, frozen: boolean): boolean {
  const { snapshot, diagnostics, brokenAliases, unlocked, unknownMerges, lines } = part;
  const found = [diagnostics, brokenAliases, unknownMerges, frozen ? unlocked : []];
  if (snapshot === undefined || found.some(({ length }) => length > 0)) return false;
  return snapshot.versions.every((version) => {
    const line = lines.get(versionTag(version));
    return line === undefined || (line.notes === version.notes && line.digest === version.digest);
  });
}

/** Pointers of other prompts, at their places now; `undefined` if a place is not known. */
function moveAliases(
  { aliases }: Snapshot,
  names: ReadonlySet<string>,
  lineNow: Changes["lineNow"],
): Snapshot["aliases"] | undefined {
  const others = aliases.filter(({ name }) => !names.has(name));
  const moved = others.flatMap((entry) => {
    const range = moveRange(entry.range, lineNow);
    if (range === undefined) return [];
    return [range === entry.range ? entry : { ...entry, range }];
  });
  return moved.length === others.length ? moved : undefined;
}

function moveRange(range: Range, lineNow: Changes["lineNow"]): Range | undefined {
  const [start, end] = [lineNow(range.start.line), lineNow(range.end.line)];
  if (start === range.start.line && end === range.end.line) return range;
  // What was on neighboring lines must still be.
  if (start === undefined || end === undefined || end - start !== range.end.line - range.start.line) return undefined;
  return { start: { ...range.start, line: start }, end: { ...range.end, line: end } };
}

/** What the lock should contain; `undefined` if it is not as it would be printed. */
function updateLock(
  { snapshot, lines }: PartReading,
  {
    earlier,
    files,
    names,
    frozen,
  }: Pick<RereadRequest, "files" | "frozen"> & {
    readonly earlier: ReadingInputs;
    readonly names: ReadonlySet<string>;
  },
): LockResult | undefined {
  const before = files.lockText?.text ?? "";
  const unchanged = { before, text: before, changed: false, added: [], resolved: false };
  if (frozen) return unchanged;
  const own = snapshot?.versions ?? [];
  const added = own.filter((version) => !lines.has(versionTag(version)) && version.unmerged !== true);
  const planned = { ...unchanged, changed: true, added: added.map(({ name, version }) => ({ name, version })) };
  if ((files.lockText?.exact ?? "") === earlier.lock) {
    // It was as it would be printed then.
    const longer = added.length === 0 || before !== earlier.lock ? before : addLines(before, added);
    if (longer === before) return added.length === 0 ? unchanged : undefined;
    return typeof longer === "string" ? { ...planned, text: longer } : undefined;
  }
  const others = withoutLines(before, names);
  if (before !== (files.lockText?.exact ?? "") || others !== withoutLines(earlier.lock, names)) return undefined;
  const read = new Set(own.map(versionTag));
  const wanted = own.filter((version) => lines.has(versionTag(version)) || version.unmerged !== true);
  const text = addLines(others, [...wanted, ...[...lines].flatMap(([tag, line]) => (read.has(tag) ? [] : [line]))]);
  if (typeof text !== "string") return undefined;
  if (text === before) return unchanged;
  return { ...planned, text };
}

function withoutLines(text: string, names: ReadonlySet<string>): string {
  let kept = "";
  let from = 0;
  for (const [start, end] of linesOf(text, names)) {
    kept += text.slice(from, start);
    from = end;
  }
  return kept + text.slice(from);
}

/** Where the lines of some prompts are. */
function linesOf(text: string, names: ReadonlySet<string>): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (const name of names) {
    const begin = `${name}@`;
    for (let at = text.indexOf(begin); at !== -1; at = text.indexOf(begin, at + 1)) {
      const feed = text.indexOf("\n", at);
      if (at === 0 || text[at - 1] === "\n") found.push([at, feed === -1 ? text.length : feed + 1]);
    }
  }
  return found.sort(([a], [b]) => a - b);
}

function merge(current: Snapshot, part: Snapshot | undefined, names: ReadonlySet<string>): Snapshot {
  if (part === undefined) return current;
  const isOther = ({ name }: { readonly name: string }) => !names.has(name);
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => compareText(a.name, b.name);
  return {
    ...current,
    working: [...current.working.filter(isOther), ...part.working].sort(byName),
    workingNames: part.workingNames,
    versions: [...current.versions.filter(isOther), ...part.versions].sort(compareVersions),
    aliases: [...current.aliases, ...part.aliases].sort((a, b) => byName(a, b) || compareText(a.alias, b.alias)),
    scores: [...current.scores.filter(isOther), ...part.scores].sort((a, b) =>
      compareText(a.name + SCORES_EXTENSION, b.name + SCORES_EXTENSION),
    ),
  };
}
