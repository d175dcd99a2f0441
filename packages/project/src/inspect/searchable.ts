// What searches look at: the facts of versions, and their texts, which are kept apart because most questions are not about texts.

import type { CompiledPrompt, CompiledVersion, CompileResult } from "@cuecard/build";
import { type SearchedVersion, searchedVersion } from "@cuecard/build/search";
import { type Diagnostic, PROMPT_EXTENSION } from "@cuecard/model";
import { Answers, type Compiled } from "../cache/answers.js";
import { compileContents } from "../compile/compile.js";
import { answerOnce } from "../read/answer-once.js";
import type { Project } from "../read/project.js";

export interface Searchable extends Omit<SearchedVersion, "text" | "isLatest" | "alias"> {
  /** The aliases that point at the version, and `latest` if it is the latest; sorted. */
  readonly aliases: readonly string[];
  /** The template's file, then those of the partials that it reaches, within the prompts folder, with the index of each text. */
  readonly files: readonly (readonly [path: string, text: number])[];
}

export interface SearchableVersions {
  /** Whether the project can be read. */
  readonly isRead: boolean;
  /** Sorted by name, then version; the working file last. */
  readonly versions: readonly Searchable[];
  /** Each text once: the files of versions refer to them. */
  readonly texts: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

type Found = Pick<SearchableVersions, "versions" | "texts">;

/**
 * @param scope All versions, or only those in use.
 * @param needsTexts Whether texts are needed; without, there may be none.
 */
export async function listSearchable(
  project: Project,
  scope: "all" | "aliased",
  needsTexts: boolean,
): Promise<SearchableVersions> {
  const { cache } = project;
  const facts = new Answers<Compiled<readonly Searchable[]>>(cache.folder, `search-${scope}`);
  const texts = new Answers<readonly string[]>(cache.folder, `search-${scope}-texts`);
  let found: Found | undefined;
  const recall = (key: string) => {
    const known = facts.get(key);
    const own = needsTexts ? texts.get(key) : [];
    if (known === undefined || own === undefined) return undefined;
    found = { versions: known.facts, texts: own };
    return known.diagnostics;
  };
  const find = async () => {
    const { snapshot, keys, result, diagnostics } = await compileContents(
      project,
      { versions: scope, working: true },
      recall,
    );
    if (snapshot === undefined) return { isRead: false, key: "", diagnostics };
    cache.rememberSnapshot(snapshot, await project.compiledForms());
    await cache.save();
    if (keys !== undefined && result !== undefined) {
      found = collect(result, scope);
      await texts.save(keys.whole, found.texts);
      await facts.save(keys.whole, { diagnostics: result.diagnostics, facts: found.versions });
    }
    return { isRead: true, key: keys?.whole ?? "", diagnostics };
  };
  const about = await answerOnce(project, `searched-${scope}`, find);
  const isKnown = about.key === "" || found !== undefined || recall(about.key) !== undefined;
  const { isRead, diagnostics } = isKnown ? about : await find();
  return { isRead, versions: [], texts: [], ...found, diagnostics };
}

function collect({ prompts }: CompileResult, scope: "all" | "aliased"): Found {
  const places = new Map<string, number>();
  const placeOf = (text: string): number => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  const versions = prompts.flatMap((prompt) =>
    (scope === "all" ? prompt.versions : versionsInUse(prompt)).map((version): Searchable => {
      const { text, isLatest, alias, ...facts } = searchedVersion(prompt, version);
      const { template, partials } = version.content;
      const files = Object.entries({ [`${prompt.name}${PROMPT_EXTENSION}`]: template, ...partials });
      const pointers = prompt.aliases.filter(({ arms }) => arms.some((arm) => arm.version === version.version));
      return {
        ...facts,
        aliases: pointers.map((pointer) => pointer.alias),
        files: files.map(([path, content]) => [path, placeOf(content)]),
      };
    }),
  );
  return { versions, texts: [...places.keys()] };
}

/** The working file is included if an alias points at it, or before the first release. */
function versionsInUse({ versions, aliases }: CompiledPrompt): readonly CompiledVersion[] {
  const pointedAt = new Set(aliases.flatMap(({ arms }) => arms.map((arm) => arm.version)));
  return versions.length === 1 ? versions : versions.filter(({ version }) => pointedAt.has(version));
}
