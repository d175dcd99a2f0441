// Registers a prompt's text as a version: writes the file, commits only it, and makes the tag and the line in
// prompts.lock.

import { join } from "node:path";
import { type Applied, type Diagnostic, diagnose, hasErrors, PROMPT_EXTENSION, sortDiagnostics } from "@cuecard/model";
import { withFileLock } from "../disk/file-lock.js";
import { identityVariables, OWN_IDENTITY } from "../git/native-writer.js";
import { inspectRepository, type RepositoryFacts } from "../git/preflight.js";
import { runWriting } from "../git/write.js";
import { probeLock } from "../lock/update-lock.js";
import { applyRelease } from "../release/apply-release.js";
import { planRelease } from "../release/plan-release.js";
import { isEmptyRelease, type ReleasePlan } from "../release/release-plan.js";
import type { Repository } from "../repository/repository.js";
import { commitFile } from "./commit-file.js";
import { describeVersion } from "./describe-version.js";
import { type PreparedRegistration, prepareRegistration } from "./plan-register.js";
import type {
  ApplyRegisterOptions,
  JudgePlan,
  PlanRegisterOptions,
  RegisteredVersion,
  RegisterPlan,
  Registration,
} from "./register-plan.js";
import { unlessUnreadable } from "./unless-unreadable.js";

/**
 * Applies a plan to the repository's current state. A refusal leaves file, index and tags as they were, with one
 * exception: the commit was made and the version was not (`register/committed-only`).
 */
export async function applyRegister(
  repository: Repository,
  plan: RegisterPlan,
  options: ApplyRegisterOptions,
): Promise<Applied<Registration>> {
  return applyAlone(repository, plan, options);
}

/**
 * Plans and applies a registration in one turn: what planning reads is read once.
 *
 * @param judge Decides about the plan.
 * @returns The findings of planning as well.
 */
export async function register(
  repository: Repository,
  { check, ...wanted }: PlanRegisterOptions,
  { judge, ...options }: Omit<ApplyRegisterOptions, "check"> & { readonly judge: JudgePlan },
): Promise<Applied<Registration>> {
  const file = `${repository.promptsDir}/${wanted.name}${PROMPT_EXTENSION}`;
  return applyAlone(repository, { ...wanted, notes: wanted.notes, file }, { ...options, check }, judge);
}

type Wanted = Pick<RegisterPlan, "name" | "text" | "notes" | "message" | "file">;

async function applyAlone(
  repository: Repository,
  plan: Wanted,
  options: ApplyRegisterOptions,
  judge?: JudgePlan,
): Promise<Applied<Registration>> {
  const refused = (diagnostics: readonly Diagnostic[]): Applied<Registration> => ({ result: undefined, diagnostics });
  const applied = await unlessUnreadable(async () => {
    const gitDir = inspectRepository(repository.dir)?.gitDir ?? (await repository.open()).facts.gitDir;
    const alone = await withFileLock(join(gitDir, "cuecard-register.lock"), () => {
      repository.refresh(); // another process may have registered while this one waited
      return apply(repository, plan, options, judge);
    });
    return alone?.done ?? refused([diagnose("register/busy", {}, { file: plan.file }, { name: plan.name })]);
  });
  return "code" in applied ? refused([applied]) : applied;
}

async function apply(
  repository: Repository,
  plan: Wanted,
  options: ApplyRegisterOptions,
  judge: JudgePlan | undefined,
): Promise<Applied<Registration>> {
  const refused = (diagnostics: readonly Diagnostic[]) => ({
    result: undefined,
    diagnostics: sortDiagnostics(diagnostics),
  });
  const prepared = await prepareRegistration(repository, { ...plan, ...options });
  if ("code" in prepared) return refused([prepared]);
  const planned = { plan: prepared.plan, diagnostics: prepared.diagnostics };
  const judged = judge === undefined ? planned : await judge(planned);
  if (judged.plan === undefined || hasErrors(judged.diagnostics)) return refused(judged.diagnostics);
  const done = await applyPrepared(repository, plan, options, { ...prepared, plan: judged.plan });
  return judge === undefined
    ? done
    : { ...done, diagnostics: sortDiagnostics([...judged.diagnostics, ...done.diagnostics]) };
}

async function applyPrepared(
  repository: Repository,
  plan: Wanted,
  options: ApplyRegisterOptions,
  prepared: PreparedRegistration & { readonly plan: RegisterPlan },
): Promise<Applied<Registration>> {
  const refused = (diagnostics: readonly Diagnostic[]) => ({
    result: undefined,
    diagnostics: sortDiagnostics(diagnostics),
  });
  const { existing } = prepared.plan;
  if (existing !== undefined) return returnExisting(repository, existing, prepared.released, options);
  const opened = await repository.open();
  const unidentified = await checkIdentity(opened.facts, options);
  if (unidentified !== undefined) return refused([unidentified]);
  const unwritable = await probeLock(repository.dir);
  if (unwritable !== undefined) return refused([unwritable]);
  const { head, blob, tree, before, path } = prepared;
  if (before.committed === blob && head !== undefined) return release(repository, plan, head, options);
  const { text, message } = plan;
  const made = await commitFile(opened, { path, text, message, before, head, tree, identity: options.identity });
  if (typeof made !== "string") return refused([made]);
  repository.refresh("HEAD");
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
  const unchanged = { ...existing, created: false, locked: false };
  if (released === undefined || isEmptyRelease(released)) return { result: unchanged, diagnostics: [] };
  const { result, diagnostics } = await applyRelease(repository, released, { ...options, anyVersion: true });
  return { result: { ...unchanged, locked: result?.locked ?? false }, diagnostics };
}

/** Checks that git knows who commits, before anything is written. */
async function checkIdentity(
  facts: RepositoryFacts,
  { identity }: ApplyRegisterOptions,
): Promise<Diagnostic | undefined> {
  const environment = identity === undefined ? {} : identityVariables(identity);
  // git refuses an author without a name as well, but almost always both are the same person.
  const who = [...OWN_IDENTITY, "var", "GIT_COMMITTER_IDENT"];
  const { code } = await runWriting(facts, who, { environment });
  return code === 0 ? undefined : diagnose("git/no-identity", {}, { file: "." });
}

async function release(
  repository: Repository,
  plan: Wanted,
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
  const { released, unchanged, commit, locked } = applied.result;
  const { diagnostics } = applied;
  const made = released.find((version) => version.name === name);
  if (made !== undefined)
    return { result: { name, version: made.version, commit, digest: made.digest, created: true, locked }, diagnostics };
  const same = unchanged.find((version) => version.name === name);
  if (same === undefined) throw new Error(`the release of ${name} does not mention it`);
  const version = await describeVersion(await repository.open(), name, same.version);
  return { result: { ...version, created: false, locked }, diagnostics };
}
