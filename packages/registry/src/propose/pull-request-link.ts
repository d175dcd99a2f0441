// The page of a code host that opens a pull request for a branch.
//
// GitHub: https://docs.github.com/en/pull-requests/reference/using-query-parameters-to-create-a-pull-request
// Others document no such page. What is used here is what they print themselves when a branch is pushed, and what their own buttons
// lead to.

import type { PushTarget } from "./push-target.js";

export interface PullRequest {
  readonly branch: string;
  /** The commit's message: its first line becomes the title where a page takes one. */
  readonly message: string;
}

/**
 * @param said What the remote printed when the branch was pushed: hosts print their own link.
 * @returns `undefined` if the host is not known and printed nothing.
 */
export function findPullRequestLink(target: PushTarget, pull: PullRequest, said: string): string | undefined {
  const place = parseRemoteUrl(target.url);
  const main = target.upstream === undefined ? place : parseRemoteUrl(target.upstream);
  const printed = findPrintedLink(said);
  if (place === undefined || main === undefined) return printed;
  const host = hostOf(main);
  if (host === undefined) return printed;
  // A host that is known by a part of its name only knows better itself.
  if (!host.isCertain && printed !== undefined) return printed;
  const page = { main, place, base: target.base, ...pull };
  return host.link(page) ?? printed;
}

/** The address of a repository, as people open it in a browser. */
interface RemotePlace {
  /** Not encrypted only if git does not encrypt either. */
  readonly protocol: "http:" | "https:";
  /** With the port of `http` and `https` addresses. */
  readonly host: string;
  /** Decoded names, without `.git`. */
  readonly path: readonly string[];
}

/** @returns `undefined` for a folder, and what else is not on a server. */
function parseRemoteUrl(url: string): RemotePlace | undefined {
  // `git@host:owner/repo.git`; a letter alone is a drive of Windows.
  const [, scpHost, scpPath] = /^(?:[^/@:\s]+@)?([^/@:\s]{2,}|\[[^\]]+\]):(?!\/\/)(.+)$/.exec(url) ?? [];
  if (scpHost !== undefined && scpPath !== undefined) return placeOf("https:", scpHost, scpPath);
  if (!/^(?:https?|ssh|git\+ssh|ssh\+git|git):\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { protocol, host, hostname, pathname } = new URL(url);
  const isWeb = protocol === "http:" || protocol === "https:";
  return placeOf(protocol === "http:" ? "http:" : "https:", isWeb ? host : hostname, pathname);
}

function placeOf(protocol: RemotePlace["protocol"], host: string, path: string): RemotePlace | undefined {
  try {
    const names = path
      .split("/")
      .filter((name) => name !== "")
      .map(decodeURIComponent);
    const last = names.pop()?.replace(/\.git$/, "");
    if (last === undefined || names.length === 0) return undefined;
    return { protocol, host: host.toLowerCase(), path: [...names, last] };
  } catch {
    return undefined;
  }
}

interface Page extends PullRequest {
  /** Where the pull request is opened. */
  readonly main: RemotePlace;
  /** Where the branch is. */
  readonly place: RemotePlace;
  readonly base: string | undefined;
}

interface Host {
  /** Whether the address says for sure which program it is. */
  readonly isCertain: boolean;
  /** `undefined` if there is no page for this, such as between forks. */
  readonly link: (page: Page) => string | undefined;
}

function hostOf({ host, path }: RemotePlace): Host | undefined {
  const name = host.replace(/:\d+$/, "");
  const has = (word: string) => name.split(/[.-]/).includes(word);
  const certain = (link: Host["link"]): Host => ({ isCertain: true, link });
  const likely = (link: Host["link"]): Host => ({ isCertain: false, link });
  if (/(?:^|\.)(?:github\.com|ghe\.com)$/.test(name)) return certain(onGitHub);
  if (name === "gitlab.com") return certain(onGitLab);
  if (name === "bitbucket.org") return certain(onBitbucket);
  if (/(?:^|\.)dev\.azure\.com$|\.visualstudio\.com$/.test(name) || path.includes("_git")) return certain(onAzure);
  if (["codeberg.org", "gitea.com"].includes(name)) return certain(onGitea);
  if (path.includes("scm") || has("bitbucket") || has("stash")) return likely(onBitbucketServer);
  if (has("github")) return likely(onGitHub);
  if (has("gitlab")) return likely(onGitLab);
  if (has("gitea") || has("forgejo")) return likely(onGitea);
  return undefined;
}

const encode = encodeURIComponent;

/** A branch in the path of a page: its slashes stay. */
const inPath = (text: string) => text.split("/").map(encode).join("/");

function pageOf({ protocol, host, path }: RemotePlace, rest: string): string {
  return `${protocol}//${host}/${path.map(encode).join("/")}${rest}`;
}

const isSame = (one: RemotePlace, other: RemotePlace) => one.host === other.host && `${one.path}` === `${other.path}`;

/** `?a=b&c=d`, without what is not known. */
function query(values: Readonly<Record<string, string | undefined>>): string {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return `?${known.map(([key, value]) => `${encode(key)}=${encode(value ?? "")}`).join("&")}`;
}

function titleOf({ message }: Page): string {
  return (message.trim().split("\n", 1)[0] ?? "").slice(0, 200);
}

/** The branches to compare: `main...cuecard/greet`, of another repository `main...owner:cuecard/greet`. */
function comparison({ main, place, base, branch }: Page): string {
  const owner = isSame(main, place) ? "" : `${encode(place.path[0] ?? "")}:`;
  return `${base === undefined ? "" : `${inPath(base)}...`}${owner}${inPath(branch)}`;
}

/** SSH over the port of HTTPS has a host of its own. */
function onGitHub(page: Page): string {
  const main = page.main.host === "ssh.github.com" ? { ...page.main, host: "github.com" } : page.main;
  return pageOf(main, `/compare/${comparison(page)}${query({ quick_pull: "1", title: titleOf(page) })}`);
}

function onGitea(page: Page): string | undefined {
  return page.base === undefined ? undefined : pageOf(page.main, `/compare/${comparison(page)}`);
}

function onGitLab(page: Page): string | undefined {
  const { place, base, branch } = page;
  return pageOf(
    place,
    `/-/merge_requests/new${query({
      "merge_request[source_branch]": branch,
      "merge_request[target_branch]": base,
      "merge_request[title]": titleOf(page),
    })}`,
  );
}

function onBitbucket({ place, base, branch }: Page): string {
  return pageOf(place, `/pull-requests/new${query({ source: branch, dest: base })}`);
}

/** `/scm/KEY/repo.git`, and `KEY/repo.git` with SSH. `~user` is the key of a person. */
function onBitbucketServer({ place, base, branch }: Page): string | undefined {
  const [repository, key] = place.path.toReversed();
  if (repository === undefined || key === undefined) return undefined;
  const owner = key.startsWith("~") ? ["users", key.slice(1)] : ["projects", key];
  const scm = place.path.indexOf("scm");
  const path = [...(scm === -1 ? [] : place.path.slice(0, scm)), ...owner, "repos", repository];
  const full = (name: string | undefined) => name && `refs/heads/${name}`;
  const values = query({ sourceBranch: full(branch), targetBranch: full(base) });
  return pageOf({ ...place, path }, `/pull-requests?create&${values.slice(1)}`);
}

/** `/org/project/_git/repo`, and `v3/org/project/repo` with SSH. */
function onAzure({ place, base, branch }: Page): string | undefined {
  const page = azurePage(place);
  return page && pageOf(page, `/pullrequestcreate${query({ sourceRef: branch, targetRef: base })}`);
}

function azurePage(place: RemotePlace): RemotePlace | undefined {
  if (place.path.includes("_git")) return place;
  const [version, organization = "", project = "", repository] = place.path;
  if (version !== "v3" || repository === undefined) return undefined;
  const names = [project, "_git", repository];
  return place.host.endsWith("visualstudio.com")
    ? { ...place, host: `${organization}.visualstudio.com`, path: names }
    : { ...place, host: "dev.azure.com", path: [organization, ...names] };
}

/** The first web address that the remote printed in a sentence about pull or merge requests. */
function findPrintedLink(said: string): string | undefined {
  const lines = said.split(/[\r\n]+/).flatMap((line) => /^remote: ?(.*)$/.exec(line)?.[1] ?? []);
  const about = lines.findIndex((line) => /(?:pull|merge)[ -]?request|\bPR\b/i.test(line));
  if (about === -1) return undefined;
  for (const line of lines.slice(about, about + 4)) {
    const [url] = /https?:\/\/[^\s<>"'\\^`{|}]+/.exec(line) ?? [];
    if (url !== undefined && URL.canParse(url)) return url;
  }
  return undefined;
}
