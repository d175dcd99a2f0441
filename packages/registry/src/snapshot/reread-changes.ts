// Reads only the prompts of a project again that have changed since the last reading, and takes everything else from it. Only if that
// reading found nothing to report, and nothing is to be reported about what has changed: otherwise, the whole project is read.

import {
  type AliasEntry,
  classifyPath,
  compareText,
  type Entries,
  gitTag,
  listRetired,
  PROMPT_EXTENSION,
  parseGitTag,
  parseVersionTag,
  type Range,
  type Snapshot,
  versionTag,
} from "@cuecard/model";
import { parseTagLines } from "../git/native.js";
import type { TagRef } from "../git/reader.js";
import type { LockResult } from "../lock/plan-lock-update.js";
import type { OpenRepository } from "../repository/repository.js";
import { SCORES_EXTENSION } from "../scores/scores-file.js";
import { type ChangedLines, findChangedLines, NO_CHANGES } from "./changed-lines.js";
import type { InputText } from "./input-text.js";
import { type CommonPart, countParts, type KeptReading, type PromptPart, partsOf } from "./kept-reading.js";
import type { WorkingTree } from "./read-working-tree.js";
import type { ReadingInputs } from "./reading-inputs.js";
import { unchangedLock } from "./remembered-reading.js";
import type { PartReading, RereadRequest } from "./reread-requests.js";
import { updateLock } from "./update-part-of-lock.js";

/** More prompts than these are not worth taking apart. */
const MAX_SHARE = 1 / 4;

/** What a reading after a change found: the last reading, but for some prompts. */
export interface ReadChanges {
  readonly last: KeptReading;
  /** What there is now of prompts that may have changed, with the texts that were read; `undefined` for prompts that are gone. */
  readonly parts: ReadonlyMap<string, PromptPart | undefined>;
  readonly common: CommonPart;
  readonly lock: LockResult;
}

/** `undefined` if the whole project has to be read. */
export async function rereadChanges(last: KeptReading, request: RereadRequest): Promise<ReadChanges | undefined> {
  const { repository, files, inputs, frozen } = request;
  const earlier = last.inputs;
  const { common, prompts } = last.parts;
  if (earlier === undefined || earlier.settings !== inputs.settings || common.diagnostics.length > 0) return undefined;
  if (!(await hasGrown(earlier, inputs, common, repository))) return undefined;
  const changes = findChanges(earlier, inputs, common, repository);
  if (changes === undefined) return undefined;
  const { names, newTags, areFilesShared, lineNow } = changes;
  if (names.size > 1 + prompts.names.length * MAX_SHARE) return undefined;
  const part = names.size === 0 ? undefined : await readPartOf({ names, newTags }, prompts, request);
  // A new name may be too similar to another one.
  if (part !== undefined && (!isPlain(part, frozen) || hasNewNames(part.snapshot, prompts))) return undefined;
  const working = areFilesShared ? await request.readWorking() : undefined;
  if (working !== undefined && (working.diagnostics.length > 0 || working.schemaNames.length > 0)) return undefined;
  const aliases = moveAliases(common, names, lineNow);
  const lock =
    part === undefined ? unchangedLock(files.lockText) : updateLock(part, { earlier, inputs, files, names, frozen });
  if (aliases === undefined || lock === undefined) return undefined;
  const read = part?.snapshot === undefined ? new Map<string, PromptPart>() : partsOf(part.snapshot);
  const parts = new Map([...names].map((name) => [name, read.get(name)]));
  if (working !== undefined) addUsers(parts, prompts, working);
  const own = working && { workingPartials: working.partials };
  const merged = { ...mergeCommon(common, part?.snapshot, { names, aliases }), ...own };
  return { last, parts, lock, common: { ...merged, counts: recount(common.counts, prompts, parts) } };
}

function recount(
  counts: CommonPart["counts"],
  before: Entries<PromptPart>,
  parts: ReadChanges["parts"],
): CommonPart["counts"] {
  const then = countParts([...parts.keys()].map((name) => [name, before.get(name)]));
  const now = countParts(parts);
  return {
    prompts: counts.prompts - then.prompts + now.prompts,
    versions: counts.versions - then.versions + now.versions,
  };
}

/** Adds the prompts whose files are not as they were because a file has changed that they use. */
function addUsers(
  parts: Map<string, PromptPart | undefined>,
  prompts: Entries<PromptPart>,
  { prompts: working }: WorkingTree,
): void {
  const now = new Map(working.map((prompt) => [prompt.name, prompt]));
  for (const name of prompts.names) {
    const before = prompts.get(name);
    if (parts.has(name) || before === undefined || before.working?.digest === now.get(name)?.digest) continue;
    parts.set(name, { ...before, working: now.get(name) });
  }
}

function mergeCommon(
  common: CommonPart,
  part: Snapshot | undefined,
  { names, aliases }: { readonly names: ReadonlySet<string>; readonly aliases: CommonPart["aliases"] },
): CommonPart {
  if (part === undefined) return { ...common, aliases };
  const byPlace = (a: AliasEntry, b: AliasEntry) => compareText(a.name, b.name) || compareText(a.alias, b.alias);
  const others = common.retired.filter(([tag]) => !names.has(parseVersionTag(tag)?.name ?? ""));
  return {
    ...common,
    workingNames: part.workingNames,
    aliases: [...aliases, ...part.aliases].sort(byPlace),
    retired: [...others, ...listRetired(part.versions)],
    hasUnmerged: common.hasUnmerged || part.versions.some(({ unmerged }) => unmerged),
  };
}

/** Whether the history contains what it contained before. */
async function hasGrown(
  { heads }: ReadingInputs,
  { heads: now }: ReadingInputs,
  { hasUnmerged }: CommonPart,
  { reader }: OpenRepository,
): Promise<boolean> {
  if (heads.join() === now.join()) return true;
  // What was not merged may be merged now.
  if (heads.length === 0 || now.length === 0 || hasUnmerged) return false;
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
  common: CommonPart,
  { tagPrefix, isIgnored }: OpenRepository,
): Changes | undefined {
  const names = new Set<string>();
  const tags = tagsIn(changedLines(earlier.tags, inputs.tags));
  const lock = changedLines(earlier.lock, inputs.lock);
  if (tags === undefined || lock === undefined) return undefined;
  const newTags = new Set(tags.map((tag) => tag.name));
  for (const tag of tags) {
    const id = parseGitTag(tag.name, tagPrefix);
    if (id !== undefined) names.add(id.name);
  }
  const lines = [...lock.removed, ...lock.added].filter((line) => line !== "");
  if (lock.isReordered || (lines.length === 0 && !earlier.lock.isSame(inputs.lock))) return undefined;
  for (const line of lines) {
    const id = parseVersionTag(line.slice(0, Math.max(0, line.indexOf(" "))));
    if (id === undefined) return undefined;
    names.add(id.name);
  }
  const aliases = findChangedEntries(earlier.aliases, inputs.aliases);
  if (aliases === undefined) return undefined;
  for (const name of aliases.names) names.add(name);
  for (const { name, range } of common.aliases) if (moveRange(range, aliases.lineNow) === undefined) names.add(name);
  const counted = inputs.files
    .changedSince(earlier.files)
    .filter((path) => !isIgnored(path) || classifyPath(path).kind === "partial");
  const owners = counted.map(ownerOf);
  for (const name of owners) if (name !== undefined) names.add(name);
  return { names, newTags, areFilesShared: owners.includes(undefined), lineNow: aliases.lineNow };
}

/** `undefined` if a text is no longer there. */
function changedLines(earlier: InputText, now: InputText): ChangedLines | undefined {
  if (earlier.isSame(now)) return NO_CHANGES;
  return earlier.text === undefined || now.text === undefined ? undefined : findChangedLines(earlier.text, now.text);
}

/** `undefined` if a line is not that of a tag. */
function tagsIn(changes: ChangedLines | undefined): TagRef[] | undefined {
  if (changes === undefined) return undefined;
  const lines = [...changes.removed, ...changes.added].filter((line) => line !== "");
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

function hasNewNames(part: Snapshot | undefined, prompts: Entries<PromptPart>): boolean {
  if (part === undefined) return true;
  return [...part.workingNames, ...part.versions.map(({ name }) => name)].some((name) => !prompts.has(name));
}

function readPartOf(
  { names, newTags }: Pick<Changes, "names" | "newTags">,
  prompts: Entries<PromptPart>,
  { repository, inputs, readPart }: RereadRequest,
): Promise<PartReading> {
  const own = [...names].flatMap((name) => prompts.get(name)?.versions ?? []);
  const digests = new Map(own.map((version) => [`${versionTag(version)} ${version.commit}`, version.digest]));
  const commits = new Map(own.map((version) => [gitTag(version, repository.tagPrefix), version.commit]));
  // A tag that leads to where it led before need not be followed.
  const peel = (tag: TagRef): TagRef => {
    const commit = newTags.has(tag.name) ? undefined : commits.get(tag.name);
    return commit === undefined || commit === tag.oid ? tag : { ...tag, peeled: commit };
  };
  const lines = (inputs.tags.text ?? "").split("\n").filter((line) => isTagOf(line, names, repository.tagPrefix));
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
  { aliases }: CommonPart,
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
