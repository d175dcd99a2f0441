// Reads everything that a release is decided from: tags, lock, prompts, their histories, and the messages of commits.
// Stops at the first errors, because the plan is refused anyway.

import { type Diagnostic, hasErrors } from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import type { OpenRepository } from "../repository/repository.js";
import { contentOfDigest } from "../versions/digest.js";
import { readCommitPrompts } from "./commit-prompts.js";
import { changeFindings, decideChanges, findDiffering, readingFindings } from "./decide-releases.js";
import { dropUnedited } from "./drop-unedited.js";
import { readKnownVersions, readLock } from "./known-versions.js";
import { readDrafts } from "./read-drafts.js";
import { readLineages } from "./read-lineages.js";
import type { ReleaseRequest } from "./read-subject.js";
import type { ReleaseFacts, ReleaseSubject } from "./release-facts.js";
import type { ReleaseCandidate, ReleaseRules } from "./release-plan.js";
import { shareTags } from "./share-tags.js";

/** @returns The facts, or why the remote cannot be read. */
export async function readReleaseFacts(
  repository: OpenRepository,
  subject: ReleaseSubject,
  request: ReleaseRequest,
): Promise<ReleaseFacts | Diagnostic> {
  const lock = await readLock(repository);
  const names = new Set(subject.names);
  const tags = await shareTags(repository, names, lock, request.push);
  if ("code" in tags) return tags;
  const known = await readKnownVersions(repository, tags.all, lock, names);
  const { candidates, diagnostics: unreadable } = await readCommitPrompts(repository, subject.commit, subject.names);
  const facts: ReleaseFacts = {
    ...subject,
    working: await dropUnedited(repository, subject.working, candidates),
    promptsDir: repository.promptsDir,
    tagPrefix: repository.tagPrefix,
    folder: repository.reader.prefix,
    push: request.push,
    anyVersion: request.anyVersion ?? false,
    notes: request.notes,
    shallow: repository.reader.shallow,
    ...{ tags, known, candidates, unreadable },
    lineages: new Map(),
    layoutOnly: new Set(),
    checkFindings: [],
    drafts: new Map(),
  };
  if (hasErrors(readingFindings(facts))) return facts;
  const lineages = await readLineages(repository, subject.commit, findDiffering(facts), known.versions);
  const { changed } = decideChanges({ ...facts, lineages });
  const layoutOnly = await findLayoutOnly(repository, facts, changed, request.isLayoutOnly);
  const changes = decideChanges({ ...facts, lineages, layoutOnly });
  const checkFindings = (await request.check?.(changes.changed)) ?? [];
  const checked = { ...facts, lineages, layoutOnly, checkFindings };
  if (hasErrors(changeFindings(checked, changes))) return checked;
  return { ...checked, drafts: await readDrafts(repository, lock, { ...checked, changes }, request.formerNames) };
}

/** The names of those prompts that a formatter changed, unless the user named them or planned to release them. */
async function findLayoutOnly(
  repository: OpenRepository,
  { named, alreadyPlanned, known }: ReleaseFacts,
  changed: readonly ReleaseCandidate[],
  isLayoutOnly: ReleaseRules["isLayoutOnly"],
): Promise<ReadonlySet<string>> {
  if (named || isLayoutOnly === undefined) return new Set();
  const { contents, reader, promptsDir } = repository;
  const latest = new Map(known.versions.map((version) => [version.name, version])); // the last one counts
  const names = await mapLimited(changed, reader.concurrency, async ({ name, content }) => {
    const version = latest.get(name);
    if (version === undefined || alreadyPlanned.has(name)) return undefined;
    const read = await contents.read(version);
    if (read.kind !== "content") return undefined;
    const released = contentOfDigest(read.content, version.digest, promptsDir);
    return released !== undefined && isLayoutOnly(released, content) ? name : undefined;
  });
  return new Set(names.filter((name) => name !== undefined));
}
