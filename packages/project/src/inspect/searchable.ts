// What searches look at: the facts of versions, and their texts, which are kept apart because most questions are not about texts.

import type { CompiledPrompt, CompiledVersion, CompileResult, SearchedVersion } from "@cuecard/build";
import { type Diagnostic, PROMPT_EXTENSION, type Snapshot } from "@cuecard/model";
import { Answers } from "../cache/answers.js";
import { compileContents } from "../compile/compile.js";
import type { Compiler } from "../read/compiler.js";
import type { Project } from "../read/project.js";

export interface Searchable extends Omit<SearchedVersion, "text" | "isLatest" | "alias"> {
  /** The aliases that point at the version, and `latest` if it is the latest; sorted. */
  readonly aliases: readonly string[];
  /** The template's file, then those of the partials that it reaches, within the prompts folder, with the index of each text. */
  readonly files: readonly (readonly [path: string, text: number])[];
}

export interface SearchableVersions {
  readonly snapshot: Snapshot | undefined;
  /** Sorted by name, then version; the working file last. */
  readonly versions: readonly Searchable[];
  /** Each text once: the files of versions refer to them. */
  readonly texts: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * @param scope All versions, or only those in use.
 * @param needsTexts Whether texts are needed; without, there may be none.
 */
export async function listSearchable(
  project: Project,
  scope: "all" | "aliased",
  needsTexts: boolean,
): Promise<SearchableVersions> {
  const { folder } = project.cache;
  const facts = new Answers<readonly Searchable[]>(folder, `search-${scope}`);
  const texts = new Answers<readonly string[]>(folder, `search-${scope}-texts`);
  const { snapshot, keys, result, diagnostics } = await compileContents(
    project,
    { versions: scope, working: true },
    (key) => (needsTexts && texts.get(key) === undefined ? undefined : facts.get(key)?.diagnostics),
  );
  if (snapshot === undefined || keys === undefined || result === undefined) {
    const key = keys?.whole ?? "";
    return {
      snapshot,
      versions: facts.get(key)?.facts ?? [],
      texts: needsTexts ? (texts.get(key)?.facts ?? []) : [],
      diagnostics,
    };
  }
  const found = collect(result, scope, await project.compiler());
  const answer = { key: keys.whole, diagnostics: result.diagnostics };
  await texts.save({ ...answer, facts: found.texts });
  await facts.save({ ...answer, facts: found.versions });
  return { snapshot, versions: found.versions, texts: found.texts, diagnostics };
}

function collect({ prompts }: CompileResult, scope: "all" | "aliased", { searchedVersion }: Compiler) {
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
