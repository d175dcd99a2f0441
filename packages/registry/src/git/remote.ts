// Tags of a remote repository: listed, fetched one by one, and pushed all at once. By the git program.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { RepositoryFacts } from "./preflight.js";
import type { TagRef } from "./reader.js";
import { complaintOf, joinLines, runWriting } from "./write.js";
import type { NewRef, Refusal } from "./writer.js";

export type RemoteTags = { readonly kind: "listed"; readonly tags: readonly TagRef[] } | Refusal;

export interface Remote {
  /** Every tag of the remote, as listed at the first call or with `again`. */
  listTags(again?: "again"): Promise<RemoteTags>;
  /** Brings the objects of tags into this clone: without history where `shallow`. No ref is made. */
  fetchObjects(
    tags: readonly string[],
    options?: { readonly shallow: boolean },
  ): Promise<{ readonly kind: "fetched" } | Refusal>;
  /** Makes tags there, all or none; one that exists is never replaced. */
  push(refs: readonly NewRef[]): Promise<{ readonly kind: "pushed" } | PushRefusal>;
}

/**
 * All or none is one `git push`, and it takes tags from its command line alone: some 150 on Windows (32,767 characters), some
 * 5,000 elsewhere.
 */
const COMMAND_LIMIT = process.platform === "win32" ? 30_000 : 1_000_000;

export interface PushRefusal extends Refusal {
  /** Whether somebody else was just writing: it may go well the next time. */
  readonly busy: boolean;
}

/** @param name A remote's name, a URL or a path. */
export async function openRemote(facts: RepositoryFacts, name: string): Promise<Remote> {
  // A process of its own group has no terminal to ask for passwords on. A folder asks for none, and there, unlike at a
  // server, a kill would reach the process that writes.
  const detached = await isFolder(facts, name);
  let known: Promise<RemoteTags> | undefined;
  const list = async (): Promise<RemoteTags> => {
    const listed = await runWriting(facts, ["ls-remote", "--tags", "--", name], { detached });
    if (listed.code !== 0) return { kind: "refused", problem: complaintOf(listed) };
    return { kind: "listed", tags: parseListing(listed.text) };
  };
  return {
    listTags(again) {
      if (known === undefined || again !== undefined) known = list();
      return known;
    },
    async fetchObjects(tags, options) {
      const whole = facts.partial ? ["--no-filter"] : [];
      const quiet = [
        "--quiet",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-recurse-submodules",
        "--no-auto-maintenance",
      ];
      const depth = options?.shallow === true ? ["--depth=1"] : [];
      const args = ["fetch", ...quiet, ...whole, ...depth, "--stdin", "--", name];
      const input = tags.map((tag) => `refs/tags/${tag}\n`).join("");
      const fetched = await runWriting(facts, args, { detached, input });
      return fetched.code === 0 ? { kind: "fetched" } : { kind: "refused", problem: complaintOf(fetched) };
    },
    async push(refs) {
      const absent = refs.map(({ name: tag }) => `--force-with-lease=refs/tags/${tag}:`);
      const specs = refs.map(({ name: tag, oid }) => `${oid}:refs/tags/${tag}`);
      if ([...absent, ...specs].join(" ").length > COMMAND_LIMIT) {
        const problem = `${refs.length} tags are more than one command line holds; release fewer prompts at a time`;
        return { kind: "refused", problem, busy: false };
      }
      const pushed = await runWriting(facts, ["push", "--atomic", "--porcelain", ...absent, "--", name, ...specs], {
        detached,
      });
      if (pushed.code === 0) return { kind: "pushed" };
      const said = `${pushed.text}\n${pushed.messages}`;
      const busy =
        /reference already exists|cannot lock ref|failed to (?:update|lock)|unable to lock|stale info|already exists|transaction failed/i;
      return { kind: "refused", problem: describeRefusal(pushed.text, complaintOf(pushed)), busy: busy.test(said) };
    },
  };
}

/** Of refused refs git prints a line each, all with the one reason or "atomic push failure". */
function describeRefusal(porcelain: string, complaint: string): string {
  const reasons = [...porcelain.matchAll(/^!\t\S+\t\[(?:remote )?rejected\] \((.*)\)$/gm)].map(
    ([, reason = ""]) => reason,
  );
  const own = [...new Set(reasons)].filter((reason) => !/atomic (?:push|transaction) fail/.test(reason));
  return joinLines([...own, complaint]);
}

function parseListing(text: string): TagRef[] {
  const tags = new Map<string, TagRef>();
  for (const line of text.split("\n")) {
    const [, oid, name, peeled] = /^([0-9a-f]{40,64})\trefs\/tags\/(.+?)(\^\{\})?$/.exec(line) ?? [];
    if (oid === undefined || name === undefined) continue;
    const known = tags.get(name);
    if (peeled === undefined) tags.set(name, { name, oid });
    else if (known !== undefined) tags.set(name, { ...known, peeled: oid });
  }
  return [...tags.values()];
}

async function isFolder(facts: RepositoryFacts, name: string): Promise<boolean> {
  const { code, text } = await runWriting(facts, ["remote", "get-url", "--push", "--", name]);
  const url = code === 0 ? text.trim() : name;
  return url.startsWith("file://") || existsSync(resolve(facts.top, url));
}
