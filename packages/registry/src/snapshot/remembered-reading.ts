// A reading that is kept for the next command: as long as nothing that was read has changed, it is not repeated. What was read is
// compared as a whole, by a hash of the refs, of the commit that is checked out, and of every file.

import { createHash } from "node:crypto";
import { hasErrors, type PromptContent, type Snapshot, type SourceFile } from "@cuecard/model";
import type { ProjectFile } from "../git/project-file.js";
import { readHeads } from "../history/heads.js";
import type { OpenRepository } from "../repository/repository.js";
import type { ReadResult } from "./assemble-snapshot.js";
import type { WorkingFiles } from "./working-files.js";

/** Where readings are kept. */
export interface RememberedReadings {
  /** The reading of a state; `undefined` if another one is kept, or none. */
  get(state: string): string | undefined;
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
 * A hash of everything that a reading depends on. Objects of git need not be part of it: their ids are. `undefined` where objects
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
  const add = (text: string) => hash.update(`${text.length}\0`).update(text);
  add(JSON.stringify([promptsDir, tagPrefix, trimMessages, frozen, reader.adapter, reader.prefix]));
  add(JSON.stringify(await readHeads(repository)));
  add(repository.tagState);
  for (const file of [lockText, aliasesText])
    add(file === undefined ? "" : JSON.stringify([file.exact, file.diagnostics]));
  add(JSON.stringify(working.diagnostics));
  for (const path of working.paths) {
    add(`${isIgnored(path) ? "-" : "+"}${path}`);
    add(working.read(path).text ?? "\0");
  }
  return hash.digest("base64url");
}

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
  const before = lockText?.text ?? "";
  return {
    snapshot: {
      ...snapshot,
      working: snapshot.working.map((prompt) => ({ ...prompt, content: mapFiles(prompt.content, withText) })),
      workingPartials: snapshot.workingPartials.map(withText),
    },
    brokenAliases: [],
    unlocked,
    unknownMerges: [],
    merged: undefined,
    proposedFindings: [],
    replaced: [],
    lock: { before, text: before, changed: false, added: [], resolved: false },
    diagnostics,
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
