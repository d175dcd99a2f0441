// Prompts, versions, aliases and lock as they live in git. The only package that knows git.

export type { Applied, Planned } from "@cuecard/model";
export { ALIASES_FILE, parseAliases } from "./alias-file/parse-aliases.js";
export { type AliasesApplied, type AliasWrites, applyAliasEdits } from "./aliases/apply-aliases.js";
export { findWaysBack } from "./aliases/find-ways-back.js";
export {
  type AliasEdit,
  type AliasEdits,
  type AliasRequest,
  type AliasText,
  type Newest,
  planAliasEdits,
  type WrittenTarget,
} from "./aliases/plan-aliases.js";
export type { AliasFile, WrittenPointer } from "./aliases/read-alias-file.js";
export type { ReplacedPointer, Replacement } from "./aliases/replace-pointers.js";
export type { ProposedPointers } from "./aliases/resolve-aliases.js";
export { digestFile } from "./disk/digest-file.js";
export { findLink, findNonFile, type NonFile } from "./disk/find-link.js";
export { findLeftovers, sweepLeftovers, temporaryName } from "./disk/leftovers.js";
export { mapLimited } from "./disk/map-limited.js";
export { createFile, replaceFile, sweepBeside } from "./disk/replace-file.js";
export { BLOB_LIMIT, decodeText } from "./disk/text.js";
export type { Signature } from "./git/commit-object.js";
export { describeRefs } from "./git/describe-refs.js";
export { findGitDir, type GitDir } from "./git/find-git-dir.js";
export { listRepositoryFiles, type RepositoryFiles } from "./git/list-repository-files.js";
export type { GitChoice } from "./git/open-git.js";
export { readProjectFile } from "./git/project-file.js";
export { findSkippedFile, readSkippedEntries } from "./git/skipped-entries.js";
export { editorOf, whoAmI } from "./git/who-am-i.js";
export { type Person, parsePerson } from "./git/writer.js";
export { type AliasMove, isSameTarget } from "./history/alias-moves.js";
export type { MergedRecord } from "./history/find-unmerged.js";
export { type LastMove, type LastMoves, readLastMoves } from "./history/last-moves.js";
export { type AddedLine, type BaseChanges, readBaseChanges } from "./history/read-base-changes.js";
export {
  type PromptHistory,
  type Release,
  type Removal,
  readHistory,
  readReleases,
} from "./history/read-history.js";
export { addLines } from "./lock/add-lines.js";
export { findLinesToAdd, type LinesToAdd } from "./lock/lines-to-add.js";
export { LOCK_FILE, type LockEntry, parseLock } from "./lock/lock-file.js";
export type { LockResult } from "./lock/plan-lock-update.js";
export { saveLock, saveRetirement } from "./lock/update-lock.js";
export { compareWitness } from "./lock/witness-lines.js";
export { applyProposal, pushProposal } from "./propose/apply-proposal.js";
export { findParent, type PreparedProposal, prepareProposal } from "./propose/plan-proposal.js";
export {
  type ApplyProposalOptions,
  PROPOSAL_PREFIX,
  type Proposal,
  type ProposalPlan,
  type ProposalRequest,
  type ProposedFile,
} from "./propose/proposal.js";
export { findUnpushed, listBranches, type ProposalBranch } from "./propose/proposal-branches.js";
export { checkPromptProposal, planPromptProposal } from "./propose/propose-prompt.js";
export { findPushRemote, findPushTarget, hasRemoteBranch, type PushTarget } from "./propose/push-target.js";
export {
  type ChangedFile,
  readWorkingChanges,
  type WorkingChanges,
} from "./propose/read-changes.js";
export { type CommittedText, readProposalBase } from "./propose/read-committed.js";
export { type ChosenFile, writeChosen, writeText } from "./propose/write-blobs.js";
export { nearestVersion } from "./references/nearest-version.js";
export { type ParsedRef, parseRef } from "./references/parse-ref.js";
export { applyRegister, register } from "./register/apply-register.js";
export { planRegister } from "./register/plan-register.js";
export type {
  ApplyRegisterOptions,
  PlanRegisterOptions,
  RegisteredVersion,
  RegisterPlan,
  Registration,
} from "./register/register-plan.js";
export { applyRelease } from "./release/apply-release.js";
export { planRelease } from "./release/plan-release.js";
export {
  type ApplyReleaseOptions,
  type BehindPrompt,
  isEmptyRelease,
  type PlannedVersion,
  type PlanReleaseOptions,
  type ReleaseCandidate,
  type ReleasedVersion,
  type ReleasePlan,
  type ReleaseReason,
  type ReleaseResult,
  type ReleaseRules,
} from "./release/release-plan.js";
export { readFilesOfCommit } from "./repository/files-of-commit.js";
export {
  type BranchPattern,
  openRepository,
  type Repository,
  type RepositoryOptions,
  WatchMemory,
} from "./repository/repository.js";
export { type CommitState, type ReviewStates, readReviewStates } from "./review/read-state.js";
export { appendScores } from "./scores/append-scores.js";
export {
  readDate,
  readScores,
  SCORES_EXTENSION,
  SCORES_LIMIT,
  type ScoreLine,
  type ScoresFile,
} from "./scores/scores-file.js";
export { nothingRead, type ReadResult } from "./snapshot/assemble-snapshot.js";
export type { ChangedReading } from "./snapshot/changed-reading.js";
export { findMentions } from "./snapshot/find-mentions.js";
export { findUncommitted } from "./snapshot/find-uncommitted.js";
export type { InputText } from "./snapshot/input-text.js";
export {
  type CommonPart,
  type Counts,
  type EarlierReading,
  KeptReading,
  type PromptPart,
  partsOf,
  type ReadingParts,
} from "./snapshot/kept-reading.js";
export { listReferences, type PromptReferences } from "./snapshot/list-references.js";
export { type ReadOptions, readChanges, readSnapshot } from "./snapshot/read-snapshot.js";
export { readWorkingTree, type WorkingTree } from "./snapshot/read-working-tree.js";
export { type PrintedInputs, parseInputs, printInputs, type ReadingInputs } from "./snapshot/reading-inputs.js";
export type { RememberedReadings } from "./snapshot/remembered-reading.js";
export { type ProjectView, viewProject, workingOptions } from "./snapshot/view-project.js";
export { listWorkingFiles, type WorkingFiles } from "./snapshot/working-files.js";
export { digestOf } from "./versions/digest.js";
export { type FetchedVersions, fetchLocked } from "./versions/fetch-locked.js";
export { readContents } from "./versions/read-contents.js";
export type { TakeContent } from "./versions/read-versions.js";
export { type VerifyOptions, verifySignatures } from "./versions/verify-signatures.js";
