// Reads what notes and reasons of the next versions are made from: the content of the versions before, and the messages
// of the commits since.

import { filesOf } from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import type { OpenRepository } from "../repository/repository.js";
import { contentOfDigest } from "../versions/digest.js";
import type { ClassifiedChanges } from "./classify-changes.js";
import { givenNotes } from "./decide-releases.js";
import { findFormer } from "./former-versions.js";
import type { Lock } from "./known-versions.js";
import { notesFromCommits } from "./notes.js";
import type { Draft, ReleaseFacts } from "./release-facts.js";
import type { FormerNames } from "./release-plan.js";

/** What is known before drafts are read. */
export interface DraftSubject extends Pick<ReleaseFacts, "commit" | "known" | "notes"> {
  readonly changes: ClassifiedChanges;
}

/** The drafts of all prompts that are to be released, by name. */
export async function readDrafts(
  repository: OpenRepository,
  lock: Lock,
  { commit, known, notes, changes }: DraftSubject,
  formerNames: FormerNames | undefined,
): Promise<ReadonlyMap<string, Draft>> {
  const { reader, contents, promptsDir } = repository;
  const { changed, sinceCommits } = changes;
  const former = await findFormer(repository, lock, { changed, versions: known.versions }, formerNames);
  const latest = new Map(known.versions.map((version) => [version.name, version]));
  const requests = await mapLimited(changed, reader.concurrency, async ({ name, content }) => {
    const base = latest.get(name) ?? former.get(name);
    const read = base === undefined ? undefined : await contents.read(base);
    const earlier =
      base === undefined || read?.kind !== "content"
        ? undefined
        : contentOfDigest(read.content, base.digest, promptsDir);
    const files = [content, ...(earlier === undefined ? [] : [earlier])].flatMap(filesOf);
    const paths = [...new Set(files.map(({ path }) => `${reader.prefix}${path}`))];
    return { name, earlier, paths, since: sinceCommits.get(name) ?? base?.commit };
  });
  const needsNotes = requests.filter(({ name }) => givenNotes(notes, name) === undefined);
  const generated = await notesFromCommits(reader, commit, needsNotes);
  return new Map(
    requests.map(({ name, earlier }) => {
      const generatedNotes = generated.notes.get(name);
      const isTruncated = generated.truncated.has(name);
      return [name, { earlier, generatedNotes, isTruncated, undecoded: generated.undecoded.get(name) }];
    }),
  );
}
