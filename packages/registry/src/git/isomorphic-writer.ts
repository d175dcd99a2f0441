// Writes without the git program. Tag objects are written by isomorphic-git, each as a file that is renamed into place.
// Each ref is a file that is linked into place: the file system refuses the link if the file exists.

import { existsSync, linkSync, mkdirSync, promises, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { sweepLeftovers, temporaryName } from "../disk/leftovers.js";
import { parseConfig, type RepositoryFacts } from "./preflight.js";
import { parsePackedRefs } from "./refs.js";
import {
  cleanPerson,
  type GitWriter,
  type NewRef,
  type NewTag,
  type Person,
  type RefsCreated,
  type SigningOptions,
  type TagsWritten,
} from "./writer.js";

/** What the names of half-made refs and objects begin with. */
const TEMPORARY = "cuecard-new-";

export function openIsomorphicWriter(facts: RepositoryFacts): GitWriter {
  return {
    writeTags: (tags, options) => writeTags(facts, tags, options),
    createRefs: async (refs) => createRefs(facts, refs),
  };
}

async function writeTags(
  facts: RepositoryFacts,
  tags: readonly NewTag[],
  { identity }: SigningOptions,
): Promise<TagsWritten> {
  const named = identity ?? findIdentity(facts, process.env);
  const person = named === undefined ? undefined : cleanPerson(named);
  if (person === undefined) return { kind: "no-identity" };
  const git = await import("isomorphic-git");
  const fs = {
    promises: { ...promises, writeFile: (file: string, data: Uint8Array) => writeObjectFile(facts, file, data) },
  };
  const oids: string[] = [];
  for (const { name, commit, message } of tags) {
    const tagger = `${person.name} <${person.email}> ${Math.floor(Date.now() / 1000)} +0000`;
    const text = `object ${commit}\ntype commit\ntag ${name}\ntagger ${tagger}\n\n${message}\n`;
    const object = Buffer.from(text, "utf8");
    oids.push(await git.writeObject({ fs, gitdir: facts.commonDir, type: "tag", object, format: "content" }));
  }
  return { kind: "written", oids };
}

/**
 * Writes an object's file whole or not at all: a part of it would be a corrupt object, which isomorphic-git does not
 * replace.
 */
async function writeObjectFile({ commonDir }: RepositoryFacts, file: string, data: Uint8Array): Promise<void> {
  const temporary = join(commonDir, temporaryName(TEMPORARY));
  try {
    await promises.writeFile(temporary, data, { mode: 0o444 });
    await promises.rename(temporary, file);
  } finally {
    await promises.rm(temporary, { force: true });
  }
}

/** The committer that git's variables and settings name, looked up in git's order. */
function findIdentity(facts: RepositoryFacts, environment: NodeJS.ProcessEnv): Person | undefined {
  const home = environment["HOME"] ?? homedir();
  const chosen = environment["GIT_CONFIG_GLOBAL"];
  const usual = [join(home, ".gitconfig"), join(environment["XDG_CONFIG_HOME"] || join(home, ".config"), "git/config")];
  const files = [join(facts.commonDir, "config"), ...(chosen === undefined ? usual : [chosen])];
  const settings = files.flatMap((file) => parseConfig(readText(file)).toReversed()); // within a file, the last setting wins
  const find = (variable: string, key: string) =>
    environment[variable] || settings.find((setting) => setting.key === key)?.value;
  const name = find("GIT_COMMITTER_NAME", "user.name");
  const email = find("GIT_COMMITTER_EMAIL", "user.email");
  if (name === undefined || email === undefined) return undefined;
  // Settings in another encoding than UTF-8 were replaced.
  return `${name}${email}`.includes("\uFFFD") ? undefined : { name, email };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/**
 * Creates the refs synchronously, and removes them again if one of them exists already. A killed process leaves only
 * complete refs behind, and a temporary file that the next one removes.
 */
function createRefs({ commonDir }: RepositoryFacts, refs: readonly NewRef[]): RefsCreated {
  const packed = new Set(
    parsePackedRefs(readText(join(commonDir, "packed-refs")), "refs/tags/").map(({ name }) => name),
  );
  if (refs.some(({ name }) => packed.has(name))) return { kind: "exists" };
  const made: string[] = [];
  sweepLeftovers(commonDir, TEMPORARY);
  const temporary = join(commonDir, temporaryName(TEMPORARY));
  try {
    for (const { name, oid } of refs) {
      const file = join(commonDir, "refs/tags", name);
      if (existsSync(`${file}.lock`)) throw new Error(`another process holds ${file}.lock`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(temporary, `${oid}\n`);
      linkSync(temporary, file);
      rmSync(temporary);
      made.push(file);
    }
    return { kind: "created" };
  } catch (error) {
    for (const file of made) rmSync(file, { force: true });
    if (!(error instanceof Error)) throw error;
    return "syscall" in error && error.syscall === "link" && "code" in error && error.code === "EEXIST"
      ? { kind: "exists" }
      : { kind: "refused", problem: error.message };
  } finally {
    rmSync(temporary, { force: true });
  }
}
