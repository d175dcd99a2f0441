// Lists every prompt with its latest version, aliases, kind and description. Of prompts that have not changed since the last list, what it
// showed is known.

import type { ChangesResult, CompiledPrompt } from "@cuecard/build";
import { compareText, type Diagnostic, hasErrors, latestVersions, type Snapshot } from "@cuecard/model";
import type { ListedPrompt } from "../cache/listed-prompt.js";
import { recordedPrompt, recordOf } from "../cache/package-record.js";
import { compileChanges, compileVersions } from "../compile/compile.js";
import type { CompiledProject } from "../compile/compiled-project.js";
import { ask } from "../read/answer-once.js";
import { describeAliases } from "../read/describe-aliases.js";
import type { Project } from "../read/project.js";

export interface Listing {
  readonly prompts: readonly ListedPrompt[];
  readonly diagnostics: readonly Diagnostic[];
}

export async function list(project: Project): Promise<Listing> {
  const { known, keep } = await ask<Listing>(project, "list");
  if (known !== undefined) return known;
  const { listing, isPart } = await listAll(project);
  // Only a project without errors is read in part.
  await keep(listing, isPart ? [] : undefined);
  return listing;
}

async function listAll(project: Project): Promise<{ readonly listing: Listing; readonly isPart: boolean }> {
  const { cache } = project;
  const before = cache.record("listed");
  const compiled = new Map<string, Shown>();
  const compilation = await compileChanges(project, {
    ...{ record: "listed", versions: "aliased", working: true },
    isDone: (key) => before?.key === key,
    earlier: () => before,
    start: (keys) => ({
      known: (name) => recordedPrompt(before, name, keys),
      see: (prompt) => compiled.set(prompt.name, shownOf(prompt)),
    }),
  });
  const { snapshot, keys, result, counts, diagnostics } = compilation;
  const isPart = counts !== undefined;
  if (snapshot === undefined) return { listing: { prompts: [], diagnostics }, isPart };
  const known = (name: string) => (keys === undefined ? undefined : before?.details.get(name)?.listed);
  const retired = await compileRetired(project, snapshot, (name) => compiled.has(name) || known(name) === undefined);
  for (const [name, shown] of retired) compiled.set(name, shown);
  const read = listRead(compilation, snapshot, (name) => compiled.get(name) ?? known(name));
  if (result !== undefined && keys !== undefined && !hasErrors(diagnostics))
    cache.rememberRecord("listed", recordOf(result, keys, { listed: (name) => read.get(name) }, before));
  if (!isPart) cache.rememberSnapshot(snapshot, await project.compiledForms());
  await cache.save();
  const names = isPart ? [...(keys?.prompts.keys() ?? [])] : [...read.keys()].sort(compareText);
  const prompts = names.flatMap((name) => read.get(name) ?? known(name) ?? []);
  return { listing: { prompts, diagnostics }, isPart };
}

/** What a list shows of the prompts that were read. */
function listRead(
  { brokenAliases }: Pick<CompiledProject<ChangesResult>, "brokenAliases">,
  snapshot: Snapshot,
  shownAs: (name: string) => Shown | undefined,
): ReadonlyMap<string, ListedPrompt> {
  const names = new Set([...snapshot.working, ...snapshot.versions, ...brokenAliases].map(({ name }) => name));
  const aliases = describeAliases(snapshot.aliases);
  for (const [name, record] of describeAliases(brokenAliases)) {
    const all = aliases.get(name) ?? {};
    aliases.set(name, all);
    for (const [alias, target] of Object.entries(record)) all[alias] = `${target} (broken)`;
  }
  const latest = latestVersions(snapshot.versions);
  const versions = new Map<string, number[]>();
  for (const { name, version } of snapshot.versions) {
    const known = versions.get(name);
    if (known === undefined) versions.set(name, [version]);
    else known.push(version);
  }
  const files = new Set(snapshot.workingNames);
  return new Map(
    [...names].map((name): [string, ListedPrompt] => [
      name,
      {
        name,
        latest: latest.get(name),
        versions: versions.get(name) ?? [],
        aliases: aliases.get(name) ?? {},
        kind: shownAs(name)?.kind,
        description: shownAs(name)?.description,
        deleted: versions.has(name) && !files.has(name),
      },
    ]),
  );
}

/** What a list shows of a prompt's content. */
type Shown = Partial<Pick<ListedPrompt, "kind" | "description">>;

/** The latest release says what a prompt is; before the first, the working file does. */
function shownOf({ versions }: CompiledPrompt): Shown {
  const shown = versions.findLast(({ version }) => version !== "working") ?? versions.at(-1);
  return { kind: shown?.content.kind, description: shown?.content.description };
}

/** Deleted prompts of which all versions are retired show the last of these. */
async function compileRetired(
  project: Project,
  { versions, workingNames }: Snapshot,
  isWanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, Shown>> {
  const files = new Set(workingNames);
  const latest = latestVersions(versions);
  const last = new Map(versions.map(({ name, version }) => [name, version]));
  const retired = new Set([...last.keys()].filter((name) => !files.has(name) && !latest.has(name) && isWanted(name)));
  if (retired.size === 0) return new Map();
  const { result } = await compileVersions(project, {
    needs: ({ name }) => retired.has(name),
    select: (all) => ({
      ...{ ...all, working: [], workingPartials: [], aliases: [] },
      versions: all.versions.filter(({ name, version }) => retired.has(name) && last.get(name) === version),
    }),
  });
  return new Map((result?.prompts ?? []).map((prompt) => [prompt.name, shownOf(prompt)]));
}
