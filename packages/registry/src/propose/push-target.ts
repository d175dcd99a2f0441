// Which remote a proposal is pushed to, and which branch of it the change is meant for.

import type { RepositoryFacts } from "../git/preflight.js";
import { tryGit } from "../git/run.js";

export interface PushTarget {
  /** The remote's name. */
  readonly remote: string;
  /** Where it is pushed to, without passwords. */
  readonly url: string;
  /** Where pull requests are opened, if this is another repository than the one that is pushed to: that of a fork. */
  readonly upstream: string | undefined;
  /** The branch that a pull request goes into; `undefined` if it is not known. */
  readonly base: string | undefined;
  /** How many commits of the current branch the base does not have: a pull request has them as well. */
  readonly unpushed: number;
}

/** The remote that git pushes to, with what is known of it. */
export async function findPushTarget(facts: RepositoryFacts): Promise<PushTarget | undefined> {
  const settings = await readBranchSettings(facts);
  const remote = await findPushRemote(facts, settings);
  return remote === undefined ? undefined : describeRemote(facts, remote, settings);
}

/**
 * The name of the remote, as git chooses it: what the current branch is pushed to, or what it follows, or `origin`, or the only remote.
 *
 * @param settings Default: they are read.
 */
export async function findPushRemote(
  facts: RepositoryFacts,
  settings?: Pick<BranchSettings, "pushed" | "followed">,
): Promise<string | undefined> {
  const remotes = (await tryGit(facts, ["remote"])).text.split("\n").filter((name) => name !== "");
  const { pushed, followed } = settings ?? (await readBranchSettings(facts));
  return [pushed, followed, "origin", ...(remotes.length === 1 ? remotes : [])].find(
    (name) => name !== undefined && remotes.includes(name),
  );
}

/**
 * What is known of a remote.
 *
 * @param settings Default: they are read.
 */
export async function describeRemote(
  facts: RepositoryFacts,
  remote: string,
  settings?: BranchSettings,
): Promise<PushTarget> {
  const { followed, merges } = settings ?? (await readBranchSettings(facts));
  const url = await urlOf(facts, remote, "--push");
  // In a fork, one pushes to one's own repository, and pull requests go to the one that the branch follows.
  const main = followed ?? remote;
  const mainUrl = await urlOf(facts, main);
  const base = merges ?? (await findDefaultBranch(facts, main));
  return {
    ...{ remote, url, base },
    upstream: main === remote || mainUrl === "" || mainUrl === url ? undefined : mainUrl,
    unpushed: base === undefined ? 0 : await countUnpushed(facts, main, base),
  };
}

async function urlOf(facts: RepositoryFacts, remote: string, ...args: readonly string[]): Promise<string> {
  return withoutSecrets((await tryGit(facts, ["remote", "get-url", ...args, "--", remote])).text.trim());
}

interface BranchSettings {
  readonly pushed: string | undefined;
  /** The remote that the current branch follows. */
  readonly followed: string | undefined;
  /** Its branch there. */
  readonly merges: string | undefined;
}

async function readBranchSettings(facts: RepositoryFacts): Promise<BranchSettings> {
  const setting = async (key: string) => {
    const { code, text } = await tryGit(facts, ["config", "--get", key]);
    return code === 0 ? text.trim() : undefined;
  };
  const head = await tryGit(facts, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  const branch = head.code === 0 ? head.text.trim() : undefined;
  const ofBranch = async (key: string) => (branch === undefined ? undefined : setting(`branch.${branch}.${key}`));
  const remote = await ofBranch("remote");
  // A dot is this repository: the branch follows another one of this clone.
  const followed = remote === "." ? undefined : remote;
  const merges = followed === undefined ? undefined : (await ofBranch("merge"))?.replace(/^refs\/heads\//, "");
  const pushed = (await ofBranch("pushRemote")) ?? (await setting("remote.pushDefault"));
  return { pushed, followed, merges };
}

async function findDefaultBranch(facts: RepositoryFacts, remote: string): Promise<string | undefined> {
  const { code, text } = await tryGit(facts, ["symbolic-ref", "--quiet", `refs/remotes/${remote}/HEAD`]);
  const prefix = `refs/remotes/${remote}/`;
  return code === 0 && text.startsWith(prefix) ? text.trim().slice(prefix.length) : undefined;
}

/** Whether a remote was seen with a branch. */
export async function hasRemoteBranch(facts: RepositoryFacts, remote: string, branch: string): Promise<boolean> {
  return (await tryGit(facts, ["show-ref", "--verify", "--quiet", `refs/remotes/${remote}/${branch}`])).code === 0;
}

/** How many commits the current one has that the base branch of the remote does not have; 0 if that is not known. */
async function countUnpushed(facts: RepositoryFacts, remote: string, base: string): Promise<number> {
  const { code, text } = await tryGit(facts, ["rev-list", "--count", `refs/remotes/${remote}/${base}..HEAD`]);
  return code === 0 ? Number(text) : 0;
}

/** A text in which addresses have neither passwords nor tokens. */
export function withoutSecrets(text: string): string {
  // A password may have an @ of its own: the last one ends it.
  return text.replaceAll(/\b([a-z][a-z0-9+.-]*):\/\/([^/\s]*)@/gi, (_, scheme: string, user: string) => {
    // A user of SSH is part of the address.
    const kept = /ssh$/i.test(scheme) ? user.split(":", 1)[0] : "";
    return kept === "" ? `${scheme}://` : `${scheme}://${kept}@`;
  });
}
