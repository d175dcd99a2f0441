// Lists, fetches and pushes the tags of a remote repository with the git program. A push is all or nothing.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { RepositoryFacts } from "./preflight.js";
import type { TagRef } from "./reader.js";
import { complaintOf, runWriting } from "./write.js";
import type { NewRef, Refusal } from "./writer.js";

export type RemoteTags = { readonly kind: "listed"; readonly tags: readonly TagRef[] } | Refusal;

export interface Remote {
  /** All tags of the remote. They are listed at the first call, and with `again`. */
  listTags(again?: "again"): Promise<RemoteTags>;
  /** Fetches the objects of tags; with `shallow`, without their history. No ref is created. */
  fetchObjects(
    tags: readonly string[],
    options?: { readonly shallow: boolean },
  ): Promise<{ readonly kind: "fetched" } | Refusal>;
  /** Creates all tags on the remote or none. An existing tag is never replaced. */
  push(refs: readonly NewRef[]): Promise<{ readonly kind: "pushed" } | PushRefusal>;
}

/** How many seconds a remote may take to list its tags, which includes a person who types a password; and to transfer tags. */
const LISTING = process.stdin.isTTY ? 180 : 30;
const TRANSFER = 900;

/**
 * All tags must be in one `git push`, which reads them only from its command line: about 150 tags on Windows (32,767
 * characters), about 5,000 elsewhere.
 */
const COMMAND_LIMIT = process.platform === "win32" ? 30_000 : 1_000_000;

export interface PushRefusal extends Refusal {
  /** Whether another process was writing at the same time: the next attempt may succeed. */
  readonly busy: boolean;
}

/** @param name A remote's name, a URL or a path. */
export async function openRemote(facts: RepositoryFacts, name: string): Promise<Remote> {
  // A detached process has no terminal to ask for a password. A remote in a folder needs none; but there, unlike on a
  // server, the writing process would be killed together with ours.
  const detached = await isFolder(facts, name);
  let known: Promise<RemoteTags> | undefined;
  const list = async (): Promise<RemoteTags> => {
    const listed = await runWriting(facts, ["ls-remote", "--tags", "--", name], { detached, seconds: LISTING });
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
      const fetched = await runWriting(facts, args, { detached, input, seconds: TRANSFER });
      return fetched.code === 0 ? { kind: "fetched" } : { kind: "refused", problem: complaintOf(fetched) };
    },
    async push(refs) {
      const absent = refs.map(({ name: tag }) => `--force-with-lease=refs/tags/${tag}:`);
      const specs = refs.map(({ name: tag, oid }) => `${oid}:refs/tags/${tag}`);
      if ([...absent, ...specs].join(" ").length > COMMAND_LIMIT) {
        const problem = `${refs.length} tags do not fit on one command line; release fewer prompts at a time`;
        return { kind: "refused", problem, busy: false };
      }
      const pushed = await runWriting(facts, ["push", "--atomic", "--porcelain", ...absent, "--", name, ...specs], {
        detached,
        seconds: TRANSFER,
      });
      if (pushed.code === 0) return { kind: "pushed" };
      const said = `${pushed.text}\n${pushed.messages}`;
      const busy =
        /reference already exists|cannot lock ref|failed to (?:update|lock)|unable to lock|stale info|already exists|transaction failed/i;
      return { kind: "refused", problem: describeRefusal(pushed.text, complaintOf(pushed)), busy: busy.test(said) };
    },
  };
}

/** git prints one line for each refused ref, with the reason or "atomic push failure". */
function describeRefusal(porcelain: string, complaint: string): string {
  const reasons = [...porcelain.matchAll(/^!\t\S+\t\[(?:remote )?rejected\] \((.*)\)$/gm)].map(
    ([, reason = ""]) => reason,
  );
  const own = [...new Set(reasons)].filter((reason) => !/atomic (?:push|transaction) fail/.test(reason));
  return [...own, complaint].join("\n");
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
