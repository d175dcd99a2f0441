// Which files of the prompts folder, and whether aliases.json, differ from the commit that is checked out. git's index does not matter.

import { join } from "node:path";
import { ALIASES_FILE, compareText, type Diagnostic, decodeUtf8, diagnose } from "@cuecard/model";
import { digestFile } from "../disk/digest-file.js";
import { findNonFile } from "../disk/find-link.js";
import { readIfPresent } from "../disk/read-if-present.js";
import { type Commit, readCommit } from "../git/commit-object.js";
import { withoutOwnFilters } from "../git/named-programs.js";
import type { TreeEntry } from "../git/objects.js";
import { explainFailure, tryGit } from "../git/run.js";
import { TreeReader } from "../git/tree-reader.js";
import { unlessUnreadable } from "../register/unless-unreadable.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { UNMERGED } from "./proposal.js";
import { listBranches, type ProposalBranch } from "./proposal-branches.js";

export interface ChangedFile {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly change: "added" | "changed" | "deleted";
  /** SHA-256 of the bytes on disk, which editing compares as well; empty for a deleted file. */
  readonly digest: string;
  /** What the commit and the disk have; `undefined` if there is no such file, or it is not UTF-8 text. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Why it cannot be proposed; `undefined` if it can. */
  readonly problem: string | undefined;
  /** The branches for proposals that have the file as it is on disk, newest first. */
  readonly proposedIn: readonly string[];
}

export interface WorkingChanges {
  /** The commit that is checked out. */
  readonly head: string;
  /** Its branch; `undefined` if HEAD is detached. */
  readonly branch: string | undefined;
  /** Sorted by path. */
  readonly files: readonly ChangedFile[];
  /** The branches for proposals in this clone, newest first. */
  readonly branches: readonly ProposalBranch[];
}

/** One git process lists what differs, and one hashes it: the cost depends on the prompts folder. Nothing of the repository is run. */
export function readWorkingChanges(repository: Repository): Promise<WorkingChanges | Diagnostic> {
  return unlessUnreadable(async () => readIn(await repository.open()));
}

async function readIn(opened: OpenRepository): Promise<WorkingChanges | Diagnostic> {
  const { reader, facts } = opened;
  if (reader.adapter !== "native" || facts.bare)
    return diagnose("git/needs-program", { action: "propose" }, { file: "." });
  const head = await opened.resolveCommit("HEAD");
  const commit = head === undefined ? undefined : await readCommit(reader, head);
  if (head === undefined || commit === undefined) return diagnose("propose/no-commit", {}, { file: "." });
  const noFilters = (await withoutOwnFilters(facts)) ?? [];
  const listed = await listCandidates(opened, noFilters);
  const branches = await listBranches(opened);
  const trees = new TreeReader(reader);
  const candidates = await Promise.all(
    listed.map(async (one) => readCandidate(opened, one, await trees.find(commit.tree, one.path))),
  );
  const present = candidates.filter(({ bytes }) => bytes !== undefined);
  const hashed = await hashFiles(opened, noFilters, present);
  const tips: [string, Commit | undefined][] = [];
  for (const { name, commit: tip } of branches) tips.push([name, await readCommit(reader, tip)]);
  const files: ChangedFile[] = [];
  for (const candidate of candidates) {
    const { file, path, bytes, committed, problem } = candidate;
    const blob = hashed.get(path);
    if (problem === undefined && blob === committed) continue;
    const proposedIn: string[] = [];
    for (const [name, tip] of tips)
      if (tip !== undefined && (await trees.find(tip.tree, path))?.oid === blob) proposedIn.push(name);
    files.push({
      file,
      change: committed === undefined ? "added" : bytes === undefined ? "deleted" : "changed",
      digest: bytes === undefined ? "" : digestFile(bytes),
      before: committed === undefined ? undefined : decode((await reader.readObject(committed))?.data),
      after: decode(bytes),
      ...{ problem, proposedIn: problem === undefined ? proposedIn : [] },
    });
  }
  const branch = await tryGit(facts, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  return {
    head,
    branch: branch.code === 0 ? branch.text.trim() : undefined,
    files: files.sort((a, b) => compareText(a.file, b.file)),
    branches,
  };
}

interface Candidate {
  /** From the top of the repository. */
  readonly path: string;
  /** Whether git has not merged it. */
  readonly isUnmerged: boolean;
}

/** What git reports as different from the commit or the index. https://git-scm.com/docs/git-status#_short_format */
async function listCandidates(
  { facts, reader, promptsDir }: OpenRepository,
  noFilters: readonly string[],
): Promise<Candidate[]> {
  const spec = [promptsDir, ALIASES_FILE].map((path) => `:(top,literal)${reader.prefix}${path}`);
  const options = ["--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all"];
  const status = await tryGit(facts, [...noFilters, "status", ...options, "--", ...spec]);
  if (status.code !== 0) throw explainFailure(status.messages, facts.top);
  return status.text.split("\0").flatMap((line) => {
    const [letters, path] = [line.slice(0, 2), line.slice(3)];
    const name = path.slice(path.lastIndexOf("/") + 1);
    // Files that systems and editors leave.
    if (path === "" || path.endsWith("/") || (letters === "??" && name.startsWith("."))) return [];
    return [{ path, isUnmerged: /U|AA|DD/.test(letters) }];
  });
}

interface ReadCandidate extends Candidate {
  readonly file: string;
  /** `undefined` if it is not on disk. */
  readonly bytes: Buffer | undefined;
  /** The blob that the commit has. */
  readonly committed: string | undefined;
  readonly problem: string | undefined;
}

/** @param entry What the commit has. */
function readCandidate(
  { reader, dir, facts }: OpenRepository,
  candidate: Candidate,
  entry: TreeEntry | undefined,
): ReadCandidate {
  const { path, isUnmerged } = candidate;
  const file = path.slice(reader.prefix.length);
  const known = { ...candidate, file, committed: entry?.mode.startsWith("100") === true ? entry.oid : undefined };
  const refuse = (problem: string): ReadCandidate => ({ ...known, bytes: undefined, problem });
  // git reads such names from its input in another way.
  if (/\n|^"/.test(path)) return refuse("its name cannot be passed to git");
  const nonFile = findNonFile(dir, file);
  if (nonFile !== undefined) return refuse(`${nonFile.path} is ${nonFile.what}`);
  if (entry !== undefined && known.committed === undefined) return refuse("the commit has something else in its place");
  try {
    const bytes = readIfPresent(join(facts.top, path));
    return { ...known, bytes, problem: isUnmerged ? UNMERGED : undefined };
  } catch {
    return refuse("it cannot be read");
  }
}

/** The ids of the blobs that the files have in a commit: with line ends as git's attributes say, and without programs of the repository. */
async function hashFiles(
  { facts }: OpenRepository,
  noFilters: readonly string[],
  files: readonly ReadCandidate[],
): Promise<ReadonlyMap<string, string>> {
  if (files.length === 0) return new Map();
  const input = files.map(({ path }) => `${path}\n`).join("");
  const { code, text, messages } = await tryGit(facts, [...noFilters, "hash-object", "--stdin-paths"], { input });
  if (code !== 0) throw explainFailure(messages, facts.top);
  const ids = text.trim().split("\n");
  return new Map(files.map(({ path }, at) => [path, ids[at] ?? ""]));
}

function decode(data: Uint8Array | undefined): string | undefined {
  return data === undefined ? undefined : decodeUtf8(Buffer.from(data), { keepsBom: true }).text;
}
