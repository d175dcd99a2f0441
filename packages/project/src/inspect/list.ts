// Lists every prompt with its latest version, aliases, kind and description.

import type { CompiledPrompt, CompileResult } from "@cuecard/build";
import { compareText, type Diagnostic, latestVersions, type Snapshot } from "@cuecard/model";
import { Answers, type Compiled } from "../cache/answers.js";
import { compileContents, compileVersions } from "../compile/compile.js";
import { answerOnce } from "../read/answer-once.js";
import { describeAliases } from "../read/describe-aliases.js";
import type { Project } from "../read/project.js";

export interface ListedPrompt {
  readonly name: string;
  /** The highest version that is not retired; `undefined` if there is none. */
  readonly latest: number | undefined;
  readonly versions: readonly number[];
  /** What each alias points at: `v3`, `working`, or `v3 90% / v4 10%`; followed by ` (broken)` if it cannot be used. */
  readonly aliases: Readonly<Record<string, string>>;
  /** `undefined` if neither the latest version nor the working file compiles. If all versions are retired, the last one is used. */
  readonly kind: "text" | "chat" | undefined;
  readonly description: string | undefined;
  /** Whether it has versions but its file was deleted. */
  readonly deleted: boolean;
}

export interface Listing {
  readonly prompts: readonly ListedPrompt[];
  readonly diagnostics: readonly Diagnostic[];
}

export function list(project: Project): Promise<Listing> {
  return answerOnce(project, "list", () => listAll(project));
}

async function listAll(project: Project): Promise<Listing> {
  const answers = new Answers<Compiled<ListingFacts>>(project.cache.folder, "listing");
  const compilation = await compileContents(
    project,
    { versions: "aliased", working: true },
    (key) => answers.get(key)?.diagnostics,
  );
  const { snapshot, brokenAliases, keys, result, diagnostics } = compilation;
  if (snapshot === undefined) return { prompts: [], diagnostics };
  project.cache.rememberSnapshot(snapshot, await project.compiledForms());
  await project.cache.save();
  const known = keys === undefined || result !== undefined ? undefined : answers.get(keys.whole)?.facts;
  const facts = new Map(Object.entries(known ?? (await readFacts(project, snapshot, result))));
  if (keys !== undefined && result !== undefined)
    await answers.save(keys.whole, { diagnostics: result.diagnostics, facts: Object.fromEntries(facts) });
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
  const prompts = [...names].sort(compareText).map((name): ListedPrompt => {
    const [kind, description] = facts.get(name) ?? [];
    return {
      name,
      latest: latest.get(name),
      versions: versions.get(name) ?? [],
      aliases: aliases.get(name) ?? {},
      kind,
      description: description ?? undefined,
      deleted: versions.has(name) && !files.has(name),
    };
  });
  return { prompts, diagnostics };
}

/** What the list shows of each prompt that compiles. */
type ListingFacts = Readonly<Record<string, readonly [kind: "text" | "chat", description: string | null]>>;

async function readFacts(
  project: Project,
  snapshot: Snapshot,
  result: CompileResult | undefined,
): Promise<ListingFacts> {
  const compiled = new Map((result?.prompts ?? []).map((prompt) => [prompt.name, prompt]));
  const files = new Set(snapshot.workingNames);
  const latest = latestVersions(snapshot.versions);
  const last = new Map(snapshot.versions.map(({ name, version }) => [name, version]));
  const retired = new Set([...last.keys()].filter((name) => !files.has(name) && !latest.has(name)));
  if (retired.size > 0) {
    const { result: own } = await compileVersions(project, {
      needs: ({ name }) => retired.has(name),
      select: (all) => ({
        ...{ ...all, working: [], workingPartials: [], aliases: [] },
        versions: all.versions.filter(({ name, version }) => retired.has(name) && last.get(name) === version),
      }),
    });
    for (const prompt of own?.prompts ?? []) compiled.set(prompt.name, prompt);
  }
  return Object.fromEntries(
    [...compiled].flatMap(([name, prompt]) => {
      const shown = shownVersion(prompt);
      return shown === undefined ? [] : [[name, [shown.content.kind, shown.content.description ?? null]] as const];
    }),
  );
}

/** The latest release says what a prompt is; before the first, the working file does. */
function shownVersion(prompt: CompiledPrompt | undefined) {
  return prompt?.versions.findLast(({ version }) => version !== "working") ?? prompt?.versions.at(-1);
}
