// A reading that is kept for the next command: as long as nothing that was read has changed, it is not repeated. What was read is
// compared as a whole, by a hash of the refs, of the commit that is checked out, and of every file.

import { createHash } from "node:crypto";
import { hasErrors, type PromptContent, type Snapshot, type SourceFile } from "@cuecard/model";
import type { ProjectFile } from "../git/project-file.js";
import { readHeads } from "../history/heads.js";
import type { OpenRepository } from "../repository/repository.js";
import { SCORES_EXTENSION } from "../scores/scores-file.js";
import type { ReadResult } from "./assemble-snapshot.js";
import type { WorkingTree } from "./read-working-tree.js";
import type { WorkingFiles } from "./working-files.js";

/** Where readings are kept. */
export interface RememberedReadings {
  /** The reading of a state; `undefined` if another one is kept, or none. */
  get(state: string): string | undefined;
  /** The reading of a state that begins with this text, whatever follows. */
  getNear(beginning: string): string | undefined;
  /** @param print Makes the text to keep. */
  set(state: string, print: () => string): void;
}

/** What is in the project's folder, before any of it is parsed. */
export interface UnparsedFiles {
  readonly lockText: ProjectFile | undefined;
  readonly aliasesText: ProjectFile | undefined;
  readonly working: WorkingFiles;
}

/**
 * Hashes of everything that a reading depends on: first of all but the texts of prompts, partials and schemas, then of these. Objects of git need not be part of it: their ids are. `undefined` where objects
 * may be missing and come later, and where files are not in the working tree.
 */
export async function stateOf(
  repository: OpenRepository,
  { lockText, aliasesText, working }: UnparsedFiles,
  frozen: boolean,
): Promise<string | undefined> {
  const { facts, reader, promptsDir, tagPrefix, trimMessages, isIgnored } = repository;
  if (facts.partial || facts.shallow || facts.bare || working.isSparse) return undefined;
  const hash = createHash("sha256");
  const add = (...texts: readonly string[]) => hash.update(texts.map((text) => `${text.length}\0${text}`).join(""));
  add(JSON.stringify([promptsDir, tagPrefix, trimMessages, frozen, reader.adapter, reader.prefix]));
  add(JSON.stringify(await readHeads(repository)));
  add(repository.tags.text);
  for (const file of [lockText, aliasesText]) add(JSON.stringify(file?.diagnostics ?? null), file?.exact ?? "");
  add(JSON.stringify(working.diagnostics));
  const textsOf = (paths: readonly string[]) => paths.map((path) => working.read(path).text ?? "\0");
  add(JSON.stringify(working.paths.map((path) => (isIgnored(path) ? `-${path}` : `+${path}`))));
  add(...textsOf(working.paths.filter((path) => path.endsWith(SCORES_EXTENSION))));
  const beginning = hash.copy().digest("base64url");
  add(...textsOf(working.paths));
  return `${beginning}${TEXTS}${hash.digest("base64url")}`;
}

/** Before the hash of the texts. */
const TEXTS = ".";

/** Keeps a reading without errors. One that would change prompts.lock, or found out less than there is, is not kept. */
export function remember(
  readings: RememberedReadings | undefined,
  state: string | undefined,
  result: ReadResult,
  frozen: boolean,
): void {
  const { snapshot, brokenAliases, unlocked, unknownMerges, lock, diagnostics } = result;
  if (readings === undefined || state === undefined || snapshot === undefined) return;
  if (hasErrors(diagnostics) || lock.changed || brokenAliases.length > 0 || unknownMerges.length > 0) return;
  if (frozen && unlocked.length > 0) return;
  readings.set(state, () => JSON.stringify({ snapshot: withoutTexts(snapshot), unlocked, diagnostics }));
}

type Kept = Pick<ReadResult, "unlocked" | "diagnostics"> & { readonly snapshot: Snapshot };

/** The reading of a state, with the texts of the working tree, and without those of versions. */
export function recall(
  readings: RememberedReadings | undefined,
  state: string | undefined,
  { lockText, working }: UnparsedFiles,
): ReadResult | undefined {
  const text = state === undefined ? undefined : readings?.get(state);
  if (text === undefined) return undefined;
  const { snapshot, unlocked, diagnostics } = JSON.parse(text) as Kept;
  const start = snapshot.promptsDir.length + 1;
  const withText = <F extends SourceFile>(file: F): F => ({
    ...file,
    text: working.read(file.path.slice(start)).text ?? "",
  });
  const own = {
    ...snapshot,
    working: snapshot.working.map((prompt) => ({ ...prompt, content: mapFiles(prompt.content, withText) })),
    workingPartials: snapshot.workingPartials.map(withText),
  };
  return toResult({ snapshot: own, unlocked, diagnostics }, lockText);
}

/**
 * The reading of a state in which only texts of prompts and partials were different, with those of now. Only if there was nothing to
 * report then, and there is nothing to report about the files of now: so nothing else can depend on their texts.
 */
export async function recallNear(
  readings: RememberedReadings | undefined,
  state: string | undefined,
  { lockText, working }: UnparsedFiles,
  readWorking: (files: WorkingFiles) => Promise<WorkingTree>,
): Promise<ReadResult | undefined> {
  if (readings === undefined || state === undefined) return undefined;
  const text = readings.getNear(state.slice(0, state.indexOf(TEXTS) + 1));
  if (text === undefined) return undefined;
  const { snapshot, unlocked, diagnostics } = JSON.parse(text) as Kept;
  if (diagnostics.length > 0) return undefined;
  const { prompts, partials, schemaNames, diagnostics: found } = await readWorking(working);
  if (found.length > 0 || schemaNames.length > 0) return undefined;
  const own = { ...snapshot, working: prompts, workingPartials: partials };
  return toResult({ snapshot: own, unlocked, diagnostics }, lockText);
}

function toResult(kept: Kept, lockText: ProjectFile | undefined): ReadResult {
  const before = lockText?.text ?? "";
  return {
    ...kept,
    brokenAliases: [],
    unknownMerges: [],
    merged: undefined,
    proposedFindings: [],
    replaced: [],
    lock: { before, text: before, changed: false, added: [], resolved: false },
  };
}

/** The texts are in the state already. */
function withoutTexts(snapshot: Snapshot): Snapshot {
  const withoutText = <F extends SourceFile>(file: F): F => ({ ...file, text: "" });
  return {
    ...snapshot,
    working: snapshot.working.map((prompt) => ({ ...prompt, content: mapFiles(prompt.content, withoutText) })),
    workingPartials: snapshot.workingPartials.map(withoutText),
    versions: snapshot.versions.map((version) => ({ ...version, content: undefined })),
  };
}

function mapFiles({ schemas, ...content }: PromptContent, map: <F extends SourceFile>(file: F) => F): PromptContent {
  return {
    ...content,
    prompt: map(content.prompt),
    partials: content.partials.map(map),
    ...(schemas === undefined ? {} : { schemas: schemas.map(map) }),
  };
}
