// Plans the registration of a prompt's text as a version. Content that any version already has gets no new one, unless
// that version is retired.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnose, type Planned, PROMPT_EXTENSION, parseGitTag } from "@cuecard/model";
import { findNonFile } from "../disk/find-link.js";
import { readCommit } from "../git/commit-object.js";
import { findSkippedFile } from "../git/skipped-entries.js";
import { foldersOnPaths, listCommitPrompts } from "../release/commit-prompts.js";
import type { ReleasePlan } from "../release/release-plan.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { readWorkingTree } from "../snapshot/read-working-tree.js";
import { describeVersion } from "./describe-version.js";
import { draftCommit } from "./draft-commit.js";
import { type FileState, findEdits, hashBlob, readFileState } from "./file-state.js";
import { planDraft } from "./plan-draft.js";
import type { PlanRegisterOptions, RegisterPlan } from "./register-plan.js";
import { planUnlessUnreadable } from "./unless-unreadable.js";

/** Plans a registration. Only objects that no ref names are written. Mistakes of users are diagnostics. */
export function planRegister(repository: Repository, options: PlanRegisterOptions): Promise<Planned<RegisterPlan>> {
  return planUnlessUnreadable(() => prepareRegistration(repository, options));
}

/** What planning finds out, and applying needs. */
export interface PreparedRegistration {
  readonly plan: RegisterPlan | undefined;
  /** The release that the registration would make. */
  readonly released: ReleasePlan | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly head: string | undefined;
  readonly blob: string;
  /** The tree of the commit that registering makes. */
  readonly tree: string;
  readonly before: FileState;
  /** From the top of the repository. */
  readonly path: string;
}

/** @returns The plan with what applying it needs, or why the prompt cannot be registered here. */
export async function prepareRegistration(
  repository: Repository,
  options: PlanRegisterOptions,
): Promise<PreparedRegistration | Diagnostic> {
  const { name, text, message } = options;
  const file = `${repository.promptsDir}/${name}${PROMPT_EXTENSION}`;
  const half = findHalfPair(name, text, file);
  if (half !== undefined) return half;
  const opened = await repository.open();
  const { reader, facts } = opened;
  if (reader.adapter !== "native" || facts.bare)
    return diagnose("git/needs-program", { action: "register" }, { file: "." });
  const skipped = existsSync(join(repository.dir, file)) ? undefined : findSkippedFile(repository.dir, file);
  if (skipped !== undefined) return skipped;
  const nonFile = findNonFile(repository.dir, file);
  if (nonFile !== undefined)
    return diagnose("prompt/not-a-file", { what: nonFile.what }, { file: nonFile.path }, { name });
  const head = await opened.resolveCommit("HEAD");
  const path = `${reader.prefix}${file}`;
  const checkedOut = head === undefined ? undefined : await readCommit(reader, head);
  const before = await readFileState(opened, checkedOut, path);
  const blob = await hashBlob(facts, path, text, true);
  const edits = findEdits(before, blob, file, { name });
  if (edits !== undefined) return edits;
  const conflict = await findCaseConflict(opened, head, name);
  if (conflict !== undefined) return conflict;
  const { oid: commit, tree } = await draftCommit(opened, checkedOut, [{ path, blob }], message);
  const { check, notes = message } = options;
  const { plan: released, diagnostics } = await planDraft(repository, { name, file, commit, notes, check });
  const common = { head, blob, tree, before, path, diagnostics, released };
  if (released === undefined) return { ...common, plan: undefined };
  return { ...common, plan: await toPlan(opened, options, file, released) };
}

/** The finding that a text cannot be written as UTF-8. */
export function findHalfPair(name: string, text: string, file: string): Diagnostic | undefined {
  if (!/\p{Surrogate}/u.test(text)) return undefined;
  const problem = "its text contains half of a surrogate pair, which UTF-8 cannot hold";
  return diagnose("register/invalid-draft", { problem }, { file }, { name });
}

async function toPlan(
  repository: OpenRepository,
  options: PlanRegisterOptions,
  file: string,
  plan: ReleasePlan,
): Promise<RegisterPlan> {
  const { name, text, notes, message } = options;
  const [release] = plan.releases;
  const [unchanged] = plan.unchanged;
  return {
    ...{ name, file, text, notes, message, release },
    existing: unchanged === undefined ? undefined : await describeVersion(repository, name, unchanged.version),
  };
}

/** Finds another prompt, in the commit, the working tree or a version, whose name differs only in case. */
export async function findCaseConflict(
  repository: OpenRepository,
  head: string | undefined,
  name: string,
): Promise<Diagnostic | undefined> {
  const lower = name.toLowerCase();
  const isAlike = (text: string) => text.toLowerCase().includes(lower);
  const isOnPath = foldersOnPaths([lower]);
  const isEntered = (folder: string) => isOnPath(folder.toLowerCase());
  const committed = head === undefined ? [] : await listCommitPrompts(repository, head, isEntered);
  const openReader = async () => repository.reader;
  const { names } = await readWorkingTree({ ...repository, only: new Set(), isEntered, openReader });
  // The tags of other prompts matter for a new name only.
  const nameOf = (tag: string) => parseGitTag(tag, repository.tagPrefix)?.name ?? "";
  // Parsing the tags of thousands of other prompts would take longer than everything else.
  const namesIn = (tags: readonly string[]) => tags.filter(isAlike).map(nameOf);
  const own = namesIn(repository.tags.names());
  const isNew = !own.includes(name);
  const listAlike = async () => (await repository.reader.listTags([`${repository.tagPrefix}${name}`], true)).names();
  const released = isNew && repository.only !== undefined ? namesIn(await listAlike()) : own;
  const other = [...committed, ...names, ...released].find((known) => known !== name && known.toLowerCase() === lower);
  const file = `${repository.promptsDir}/${name}${PROMPT_EXTENSION}`;
  return other === undefined ? undefined : diagnose("prompt/case-conflict", { name, other }, { file }, { name });
}
