// Registers a prompt's text as a version: writes the file, commits only it, and makes the tag and the line in
// prompts.lock. Content that any version already has gets no new one, unless that version is retired.

import { join } from "node:path";
import {
  type Applied,
  type Diagnostic,
  diagnose,
  hasErrors,
  inRevision,
  type Planned,
  PROMPT_EXTENSION,
  parseVersionTag,
  sortDiagnostics,
} from "@cuecard/model";
import { withFileLock } from "../disk/file-lock.js";
import { identityVariables } from "../git/native-writer.js";
import type { RepositoryFacts } from "../git/preflight.js";
import { RepositoryUnreadable } from "../git/reader.js";
import { runWriting } from "../git/write.js";
import { applyRelease } from "../release/apply-release.js";
import { listCommitPrompts } from "../release/commit-prompts.js";
import { planRelease } from "../release/plan-release.js";
import { isEmptyRelease, type ReleasePlan } from "../release/release-plan.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { readWorkingTree } from "../snapshot/read-working-tree.js";
import { commitFile } from "./commit-file.js";
import { describeVersion } from "./describe-version.js";
import { draftCommit } from "./draft-commit.js";
import { type FileState, findEdits, findLinks, hashBlob, readFileState } from "./file-state.js";
import type {
  ApplyRegisterOptions,
  PlanRegisterOptions,
  RegisteredVersion,
  RegisterPlan,
  Registration,
} from "./register-plan.js";

/** The `ref` of findings in the draft's text, which is not on disk. */
export const DRAFT_REF = "draft";

/** Plans a registration. Only objects that no ref names are written. Mistakes of users are diagnostics. */
export async function planRegister(
  repository: Repository,
  options: PlanRegisterOptions,
): Promise<Planned<RegisterPlan>> {
  return guarded(
    async () => {
      const prepared = await prepare(repository, options);
      if ("code" in prepared) return { plan: undefined, diagnostics: [prepared] };
      return { plan: prepared.plan, diagnostics: prepared.diagnostics };
    },
    (diagnostics) => ({ plan: undefined, diagnostics }),
  );
}

/**
 * Applies a plan to the repository's current state. A refusal leaves file, index and tags as they were, with one
 * exception: the commit was made and the version was not (`register/committed-only`).
 */
export async function applyRegister(
  repository: Repository,
  plan: RegisterPlan,
  options: ApplyRegisterOptions,
): Promise<Applied<Registration>> {
  const refused = (diagnostics: readonly Diagnostic[]): Applied<Registration> => ({ result: undefined, diagnostics });
  return guarded(async () => {
    const { facts } = await repository.open();
    const file = join(facts.gitDir, "cuecard-register.lock");
    const alone = await withFileLock(file, () => {
      repository.refresh(); // another process may have registered while this one waited
      return apply(repository, plan, options);
    });
    return alone?.done ?? refused([diagnose("register/busy", {}, { file: plan.file }, { name: plan.name })]);
  }, refused);
}

async function guarded<T>(work: () => Promise<T>, refused: (diagnostics: readonly Diagnostic[]) => T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return refused([error.diagnostic]);
  }
}

interface Prepared {
  readonly plan: RegisterPlan | undefined;
  /** The release that the registration would make. */
  readonly released: ReleasePlan | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly head: string | undefined;
  readonly blob: string;
  readonly before: FileState;
  /** From the top of the repository. */
  readonly path: string;
}

async function prepare(repository: Repository, options: PlanRegisterOptions): Promise<Prepared | Diagnostic> {
  const { name, text, message } = options;
  const file = `${repository.promptsDir}/${name}${PROMPT_EXTENSION}`;
  const opened = await repository.open();
  const { reader, facts } = opened;
  if (reader.adapter !== "native" || facts.bare)
    return diagnose("git/needs-program", { action: "register" }, { file: "." });
  const link = findLinks(repository.dir, file, { name });
  if (link !== undefined) return link;
  const head = await opened.resolveCommit("HEAD");
  const path = `${reader.prefix}${file}`;
  const before = await readFileState(facts, head, path);
  const blob = await hashBlob(facts, path, text, true);
  const edits = findEdits(before, blob, file, { name });
  if (edits !== undefined) return edits;
  const conflict = await findCaseConflict(opened, head, name);
  if (conflict !== undefined) return conflict;
  const commit = await draftCommit(facts, head, path, blob, message);
  const released = await planRelease(repository, {
    anyVersion: true,
    names: [name],
    commit,
    notes: options.notes ?? message,
    check: options.check,
  });
  const diagnostics = released.diagnostics.map((finding) => atDraft(finding, commit, file));
  const common = { head, blob, before, path, diagnostics, released: released.plan };
  if (released.plan === undefined) return { ...common, plan: undefined };
  return { ...common, plan: await toPlan(opened, options, file, released.plan) };
}

/** Nobody sees the draft's commit, so its findings are reported for the draft's text instead. */
function atDraft(finding: Diagnostic, commit: string, file: string): Diagnostic {
  const { ref, range, revision, ...rest } = finding;
  if (typeof revision !== "object" || !("commit" in revision) || revision.commit !== commit) return finding;
  return range === undefined || rest.file !== file ? rest : inRevision(finding, "draft");
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
async function findCaseConflict(
  repository: OpenRepository,
  head: string | undefined,
  name: string,
): Promise<Diagnostic | undefined> {
  const committed = head === undefined ? [] : await listCommitPrompts(repository, head);
  const { names } = await readWorkingTree(repository);
  const released = repository.tags.map((tag) => parseVersionTag(tag.name)?.name ?? "");
  const other = [...committed, ...names, ...released].find(
    (known) => known !== name && known.toLowerCase() === name.toLowerCase(),
  );
  const file = `${repository.promptsDir}/${name}${PROMPT_EXTENSION}`;
  return other === undefined ? undefined : diagnose("prompt/case-conflict", { name, other }, { file }, { name });
}

async function apply(
  repository: Repository,
  plan: RegisterPlan,
  options: ApplyRegisterOptions,
): Promise<Applied<Registration>> {
  const refused = (diagnostics: readonly Diagnostic[]) => ({
    result: undefined,
    diagnostics: sortDiagnostics(diagnostics),
  });
  const prepared = await prepare(repository, { ...plan, ...options });
  if ("code" in prepared) return refused([prepared]);
  if (prepared.plan === undefined || hasErrors(prepared.diagnostics)) return refused(prepared.diagnostics);
  const { existing } = prepared.plan;
  if (existing !== undefined) return returnExisting(repository, existing, prepared.released, options);
  const { facts } = await repository.open();
  const unidentified = await checkIdentity(facts, options);
  if (unidentified !== undefined) return refused([unidentified]);
  const { head, blob, before, path } = prepared;
  if (before.committed === blob && head !== undefined) return release(repository, plan, head, options);
  const { text, message } = plan;
  const made = await commitFile(facts, { path, text, message, before, identity: options.identity });
  if (typeof made !== "string") return refused([made]);
  repository.refresh();
  const released = await release(repository, plan, made, options);
  if (released.result !== undefined || made === head) return released;
  const { name, file } = plan;
  const half = diagnose("register/committed-only", { name, commit: made }, { file }, { name });
  return refused([half, ...released.diagnostics]);
}

/** If prompts.lock lacks the version, because an earlier run was killed, its line is added. */
async function returnExisting(
  repository: Repository,
  existing: RegisteredVersion,
  released: ReleasePlan | undefined,
  options: ApplyRegisterOptions,
): Promise<Applied<Registration>> {
  const result = { ...existing, created: false };
  if (released === undefined || isEmptyRelease(released)) return { result, diagnostics: [] };
  const { diagnostics } = await applyRelease(repository, released, { ...options, anyVersion: true });
  return { result, diagnostics };
}

/** Checks that git knows who commits, before anything is written. */
async function checkIdentity(
  facts: RepositoryFacts,
  { identity }: ApplyRegisterOptions,
): Promise<Diagnostic | undefined> {
  const environment = identity === undefined ? {} : identityVariables(identity);
  for (const who of ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"]) {
    const { code } = await runWriting(facts, ["-c", "user.useConfigOnly=true", "var", who], { environment });
    if (code !== 0) return diagnose("git/no-identity", {}, { file: "." });
  }
  return undefined;
}

async function release(
  repository: Repository,
  plan: RegisterPlan,
  head: string,
  options: ApplyRegisterOptions,
): Promise<Applied<Registration>> {
  const { name, message, notes = message } = plan;
  const { check } = options;
  const rules = { anyVersion: true, names: [name], commit: head, notes, check };
  const planned = await planRelease(repository, rules);
  if (planned.plan === undefined) return { result: undefined, diagnostics: planned.diagnostics };
  const applied = await applyRelease(repository, planned.plan, { ...options, anyVersion: true });
  if (applied.result === undefined) return { result: undefined, diagnostics: applied.diagnostics };
  const { released, unchanged, commit } = applied.result;
  const { diagnostics } = applied;
  const made = released.find((version) => version.name === name);
  if (made !== undefined)
    return { result: { name, version: made.version, commit, digest: made.digest, created: true }, diagnostics };
  const same = unchanged.find((version) => version.name === name);
  if (same === undefined) throw new Error(`the release of ${name} does not mention it`);
  const version = await describeVersion(await repository.open(), name, same.version);
  return { result: { ...version, created: false }, diagnostics };
}
