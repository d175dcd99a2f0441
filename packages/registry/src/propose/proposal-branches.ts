// The branches for proposals in this clone, and which of them the remote has.

import { tryGit } from "../git/run.js";
import type { OpenRepository } from "../repository/repository.js";
import { PROPOSAL_PREFIX } from "./proposal.js";

export interface ProposalBranch {
  readonly name: string;
  readonly commit: string;
  /** The first line of the commit's message. */
  readonly subject: string;
}

/** How many branches are looked into. */
const MOST_BRANCHES = 50;

/** Newest first. */
export async function listBranches({ facts }: Pick<OpenRepository, "facts">): Promise<ProposalBranch[]> {
  const format = "--format=%(objectname) %(refname) %(contents:subject)";
  const prefix = `refs/heads/${PROPOSAL_PREFIX}`;
  const { text } = await tryGit(facts, [
    ...["for-each-ref", format, "--sort=refname", "--sort=-committerdate", `--count=${MOST_BRANCHES}`, prefix],
  ]);
  return text.split("\n").flatMap((line) => {
    const [, commit, name, subject = ""] = /^([0-9a-f]+) refs\/heads\/(\S+) (.*)$/.exec(line) ?? [];
    return commit === undefined || name === undefined ? [] : [{ name, commit, subject }];
  });
}

/**
 * The commits of branches that a remote does not have, as this clone knows it.
 *
 * @returns `undefined` if the clone does not follow the branches of the remote.
 */
export async function findUnpushed(
  { facts }: Pick<OpenRepository, "facts">,
  remote: string,
  branches: readonly ProposalBranch[],
): Promise<ReadonlySet<string> | undefined> {
  if (branches.length === 0) return new Set();
  const fetched = await tryGit(facts, ["config", "--get-all", `remote.${remote}.fetch`]);
  if (!fetched.text.split("\n").some((spec) => /^\+?refs\/(?:heads\/)?\*:refs\/remotes\//.test(spec))) return undefined;
  const tips = branches.map(({ commit }) => commit);
  const listed = await tryGit(facts, ["rev-list", ...tips, "--not", `--remotes=${remote}`]);
  if (listed.code !== 0) return undefined;
  const missing = new Set(listed.text.split("\n"));
  return new Set(tips.filter((tip) => missing.has(tip)));
}
