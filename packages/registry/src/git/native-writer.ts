// Writes with the git program. Tag objects are created without refs, so that no tag is visible before all objects
// exist.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signatureOf } from "./objects.js";
import type { RepositoryFacts } from "./preflight.js";
import { createScratch, objectsOf } from "./scratch-repository.js";
import { complaintOf, runWriting } from "./write.js";
import type { GitWriter, NewRef, NewTag, Person, RefsCreated, SigningOptions, TagsWritten } from "./writer.js";

export function openNativeWriter(facts: RepositoryFacts): GitWriter {
  return {
    writeTags: (tags, options) => writeTags(facts, tags, options),
    createRefs: (refs) => createRefs(facts, refs),
  };
}

/** Keeps git from guessing an identity from the names of the user and the machine. */
export const OWN_IDENTITY: readonly string[] = ["-c", "user.useConfigOnly=true"];

async function writeTags(
  facts: RepositoryFacts,
  tags: readonly NewTag[],
  { identity, sign }: SigningOptions,
): Promise<TagsWritten> {
  const environment = identity === undefined ? {} : identityVariables(identity);
  const who = await runWriting(facts, [...OWN_IDENTITY, "var", "GIT_COMMITTER_IDENT"], { environment });
  if (who.code !== 0)
    return lacksIdentity(who.messages) ? { kind: "no-identity" } : { kind: "refused", problem: complaintOf(who) };
  const signs = sign ?? (await signsByDefault(facts));
  return signs ? writeSignedTags(facts, tags, environment) : writePlainTags(facts, tags, who.text.trim());
}

async function signsByDefault(facts: RepositoryFacts): Promise<boolean> {
  const setting = await runWriting(facts, ["config", "--type=bool", "--get", "tag.gpgSign"]);
  return setting.text.trim() === "true";
}

/** Writes all tags with one process. */
async function writePlainTags(facts: RepositoryFacts, tags: readonly NewTag[], tagger: string): Promise<TagsWritten> {
  const folder = await mkdtemp(join(tmpdir(), "cuecard-tags-"));
  try {
    const files = tags.map((_, index) => join(folder, String(index)));
    for (const [index, { name, commit, message }] of tags.entries())
      await writeFile(
        files[index] ?? "",
        `object ${commit}\ntype commit\ntag ${name}\ntagger ${tagger}\n\n${message}\n`,
      );
    const input = files.map((file) => `${file}\n`).join("");
    const made = await runWriting(facts, ["hash-object", "-t", "tag", "-w", "--no-filters", "--stdin-paths"], {
      input,
    });
    if (made.code !== 0) return { kind: "refused", problem: complaintOf(made) };
    return { kind: "written", oids: made.text.trim().split("\n") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Uses `git tag`, which knows all signature formats, in a temporary repository that shares the object folder. */
async function writeSignedTags(
  facts: RepositoryFacts,
  tags: readonly NewTag[],
  environment: Readonly<Record<string, string>>,
): Promise<TagsWritten> {
  const gitDir = await createScratch(facts);
  try {
    // The repository's settings name the keys, formats and programs for signatures. Hooks run for the real refs only.
    const settings = ["config", "config.worktree"].flatMap((file) => {
      const folder = file === "config" ? facts.commonDir : facts.gitDir;
      return ["-c", `include.path=${join(folder, file)}`];
    });
    const common = [...settings, ...OWN_IDENTITY, "-c", "core.hooksPath=/dev/null", "tag", "--cleanup=verbatim", "-s"];
    const oids: string[] = [];
    for (const tag of tags) {
      const made = await runWriting(facts, [...common, "-F", "-", "--", tag.name, tag.commit], {
        gitDir,
        input: `${tag.message}\n`,
        environment: { ...environment, ...objectsOf(facts) },
      });
      if (made.code !== 0) return { kind: "refused", problem: complaintOf(made) };
      const oid = (await readFile(join(gitDir, "refs/tags", tag.name), "utf8")).trim();
      // Some versions of git (2.39) report a missing SSH key and create the tag anyway, without a signature.
      if (!(await isSigned(facts, oid))) return { kind: "refused", problem: complaintOf(made) };
      oids.push(oid);
    }
    return { kind: "written", oids };
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

async function isSigned(facts: RepositoryFacts, oid: string): Promise<boolean> {
  const { text } = await runWriting(facts, ["cat-file", "tag", oid]);
  return signatureOf(text) !== undefined;
}

/** Whether git refused because no identity is configured. */
export function lacksIdentity(messages: string): boolean {
  return /no (?:name|email) was given|empty ident name|Please tell me who you are/i.test(messages);
}

export function identityVariables({ name, email }: Person): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}

/** One transaction, in a process that survives when ours is killed: git itself creates all refs or none. */
async function createRefs(facts: RepositoryFacts, refs: readonly NewRef[]): Promise<RefsCreated> {
  const input = refs.map(({ name, oid }) => `create refs/tags/${name} ${oid}\n`).join("");
  const patient = ["-c", "core.filesRefLockTimeout=1000"]; // other processes may create tags at the same time
  const done = await runWriting(facts, [...patient, "update-ref", "--stdin"], { input, detached: true });
  if (done.code === 0) return { kind: "created" };
  if (/reference already exists|but expected/.test(done.messages)) return { kind: "exists" };
  return { kind: "refused", problem: complaintOf(done) };
}
