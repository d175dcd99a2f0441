// The next versions of prompts that changed: their numbers, why they are made, and their notes.

import { type Diagnostic, diagnose, PROMPT_EXTENSION, versionTag } from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import { notesOf } from "../git/objects.js";
import type { OpenRepository } from "../repository/repository.js";
import type { VersionRecord } from "../versions/read-versions.js";
import type { ClassifiedChanges } from "./detect-diverged.js";
import type { KnownVersions } from "./known-versions.js";
import { notesFromCommits } from "./notes.js";
import type { PlannedVersion, ReleaseNotes, ReleaseReason } from "./release-plan.js";
import { findReason } from "./release-reason.js";

export interface NextVersions {
  readonly releases: readonly PlannedVersion[];
  /** Of notes that cannot be generated, or not be kept. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known of the prompts that a release is about. */
export interface VersionFacts {
  readonly judged: ClassifiedChanges;
  readonly known: KnownVersions;
  /** The latest version under an earlier name, by the prompt's name now. */
  readonly former: ReadonlyMap<string, VersionRecord>;
}

export async function planVersions(
  { reader, contents, promptsDir }: OpenRepository,
  commit: string,
  { judged, known, former }: VersionFacts,
  notes: ReleaseNotes | undefined,
): Promise<NextVersions> {
  const { changed, since: sinceCommits } = judged;
  const latest = new Map(known.versions.map((version) => [version.name, version]));
  const given = (name: string) => {
    if (typeof notes === "string") return notes;
    return notes !== undefined && Object.hasOwn(notes, name) ? notes[name] : undefined;
  };
  const drafts = await mapLimited(changed, reader.concurrency, async ({ name, digest, content }) => {
    const before = latest.get(name);
    const base = before ?? former.get(name);
    const earlier = base === undefined ? undefined : await contents.read(base);
    const old = earlier?.kind === "content" ? earlier.content : undefined;
    const reason: ReleaseReason = before === undefined ? { kind: "first" } : findReason(old, content, promptsDir);
    const version = (known.highest.get(name) ?? 0) + 1;
    const files = [content, ...(old === undefined ? [] : [old])].flatMap((one) => [one.prompt, ...one.partials]);
    const paths = [...new Set(files.map(({ path }) => `${reader.prefix}${path}`))];
    return {
      name,
      version,
      tag: versionTag({ name, version }),
      digest,
      reason,
      paths,
      since: sinceCommits.get(name) ?? base?.commit,
    };
  });
  const needsNotes = drafts.filter(({ name }) => given(name) === undefined);
  const generatedNotes = await notesFromCommits(reader, commit, needsNotes);
  const diagnostics: Diagnostic[] = [];
  const releases = drafts.map(({ paths, since, ...version }) => {
    const { name } = version;
    const text = given(name) ?? generatedNotes.notes.get(name) ?? "";
    const kept = text.replaceAll("\r\n", "\n").trim();
    const problem = notesProblem(kept);
    const place = { file: `${promptsDir}/${name}${PROMPT_EXTENSION}` };
    if (generatedNotes.truncated.has(name))
      diagnostics.push(diagnose("release/shallow-notes", { name, shallow: reader.shallow }, place, version));
    if (problem !== undefined) diagnostics.push(diagnose("release/invalid-notes", { name, problem }, place, version));
    return { ...version, notes: kept };
  });
  return { releases, diagnostics };
}

/** Why a tag cannot hold a text as its message. */
function notesProblem(notes: string): string | undefined {
  if (notes.includes("\0")) return "they hold a NUL character";
  return notesOf(notes) === notes ? undefined : "they hold a line as signatures begin with";
}
