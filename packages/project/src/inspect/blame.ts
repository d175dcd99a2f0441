// Finds which version added each line of a prompt's file, and who released it.

import { type PromptContent, type Snapshot, sharedFiles, versionTag } from "@cuecard/model";
import { parseRef, type Release, readReleases, type Signature } from "@cuecard/registry";
import { compileContents } from "../compile/compile.js";
import { explainUnresolved } from "../compile/explain-unresolved.js";
import { formerNames } from "../compile/former-names.js";
import { readLineage } from "../compile/read-lineage.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { resolveReference } from "../read/resolve-reference.js";

export interface BlamedLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  /** The prompt's name when the line was added; it may be a former name. */
  readonly name: string;
  /** The version that added the line; `working` if it has not been released. */
  readonly version: number | "working";
  readonly commit: string | undefined;
  /** ISO 8601: when the version was released. */
  readonly date: string | undefined;
  /** Who wrote the version's commit. */
  readonly author: Signature | undefined;
}

export interface BlamedFile {
  /** Relative to the project's folder. */
  readonly path: string;
  readonly lines: readonly BlamedLine[];
}

export interface Blame {
  readonly name: string;
  /** The version that the lines belong to. */
  readonly version: number | "working";
  /** The prompt's file, followed by the partials and named schemas that it uses if they were requested. */
  readonly files: readonly BlamedFile[];
  /** Versions that could not be read: their lines are attributed to the next version. */
  readonly skipped: readonly string[];
}

export interface BlameOptions {
  /** Whether to include the partials and named schemas that the prompt uses. Default: no. */
  readonly partials?: boolean | undefined;
}

/** One stage of a prompt's life. */
interface Stage {
  readonly name: string;
  readonly version: number | "working";
  readonly content: PromptContent;
}

/**
 * Reads only the prompt, under all its names. What is not found is explained by the whole project.
 *
 * @param reference A name alone is its working file or, without one, its latest version.
 */
export async function blameOf(project: Project, reference: string, options: BlameOptions): Promise<Outcome<Blame>> {
  const name = parseRef(reference)?.name;
  const lineage = name === undefined ? undefined : await readLineage(project, name);
  const outcome = lineage === undefined ? undefined : await blameIn(lineage, reference, options);
  return outcome?.kind === "found" ? outcome : blameIn(project, reference, options);
}

async function blameIn(project: Project, reference: string, options: BlameOptions): Promise<Outcome<Blame>> {
  const { partials = false } = options;
  const asked = parseRef(reference)?.name;
  // All texts of the prompt are needed in the end: they are read at once with what is to be compiled.
  await project.snapshot({ texts: ({ name }) => name === asked });
  const { snapshot, brokenAliases, unlocked, result, diagnostics } = await compileContents(project, {
    versions: "aliased",
    working: true,
  });
  if (snapshot === undefined) return { kind: "broken", diagnostics };
  const isWorking = snapshot.working.some(({ name }) => name === reference);
  const resolved = resolveReference(snapshot, isWorking ? `${reference}@working` : reference);
  if ("problem" in resolved)
    return explainUnresolved(reference, resolved, { snapshot, brokenAliases, unlocked, diagnostics });
  const { name, version } = resolved;
  const names = [name, ...formerNames(name, result?.prompts ?? [])];
  const read = await project.snapshot({ texts: (candidate) => names.includes(candidate.name) });
  const { releases, diagnostics: unread } = await readReleases(project.repository, names);
  if (unread.length > 0) return { kind: "broken", diagnostics: [...diagnostics, ...unread] };
  const stages = listStages(read.snapshot ?? snapshot, names, version);
  const last = stages.at(-1);
  if (last === undefined) return { kind: "broken", diagnostics };
  const paths = [last.content.prompt.path, ...(partials ? sharedFiles(last.content) : []).map(({ path }) => path)];
  const { blameLines, linesOf } = await project.compiler();
  const files = paths.map((path) => {
    const texts = stages.map((stage) => textAt(stage.content, path === last.content.prompt.path ? undefined : path));
    const origins = blameLines(texts);
    const lines = linesOf(texts.at(-1) ?? "");
    return {
      path,
      lines: lines.map((text, index) => describeLine(text, index, stages[origins[index] ?? 0] ?? last, releases)),
    };
  });
  return { kind: "found", value: { name, version, files, skipped: listSkipped(releases, stages, last) }, diagnostics };
}

/** From the first version under the oldest name to the one asked for. */
function listStages(snapshot: Snapshot, names: readonly string[], last: number | "working"): readonly Stage[] {
  const stages: Stage[] = [];
  for (const name of names.toReversed())
    for (const { name: owner, version, content } of snapshot.versions) {
      const isLater = name === names[0] && last !== "working" && version > last;
      if (owner === name && !isLater && content !== undefined) stages.push({ name, version, content });
    }
  const working = last === "working" ? snapshot.working.find(({ name }) => name === names[0]) : undefined;
  if (working !== undefined) stages.push({ name: working.name, version: "working", content: working.content });
  return stages;
}

/** Releases up to the last stage that could not be read. */
function listSkipped(releases: readonly Release[], stages: readonly Stage[], last: Stage): string[] {
  const read = new Set(stages.map(({ name, version }) => `${name}@v${version}`));
  const isLater = ({ name, version }: Release) =>
    name === last.name && last.version !== "working" && version > last.version;
  const skipped = releases.filter((release) => !isLater(release) && !read.has(versionTag(release)));
  return skipped.map(versionTag).reverse();
}

/** @param shared The path of a partial or schema; `undefined` for the prompt's own file, whose path may have changed since. */
function textAt(content: PromptContent, shared: string | undefined): string {
  if (shared === undefined) return content.prompt.text;
  return sharedFiles(content).find(({ path }) => path === shared)?.text ?? "";
}

function describeLine(text: string, index: number, { name, version }: Stage, releases: readonly Release[]): BlamedLine {
  const release = releases.find((candidate) => candidate.name === name && candidate.version === version);
  const { commit, date, author } = release ?? { commit: undefined, date: undefined, author: undefined };
  return { line: index + 1, text, name, version, commit, date, author };
}
