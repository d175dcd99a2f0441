// Searches the versions of a project's prompts.

import type { CompiledPrompt, CompiledVersion, Excerpt, QueryError } from "@cuecard/build";
import { type Diagnostic, PROMPT_EXTENSION } from "@cuecard/model";
import { compilePackage } from "../compile/compile.js";
import type { Broken, Found } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { queryOf, type SearchRequest } from "./search-request.js";

export interface SearchResult {
  readonly name: string;
  readonly version: number | "working";
  /** The aliases that point at the version, and `latest` if it is the latest; sorted. */
  readonly aliases: readonly string[];
  readonly kind: "text" | "chat";
  readonly description: string | undefined;
  readonly model: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Where the searched text was found. */
  readonly excerpt: FoundText | undefined;
}

/** The line counts within the template without front matter, or within the partial. */
export interface FoundText extends Excerpt {
  /** Relative to the project's folder. */
  readonly file: string;
}

export interface SearchResults {
  /** Sorted by name, then version; the working file last. */
  readonly results: readonly SearchResult[];
  /** How many versions were searched. */
  readonly searched: number;
}

export type SearchOutcome = Found<SearchResults> | InvalidQuery | Broken;

/** The query cannot be understood. */
export interface InvalidQuery {
  readonly kind: "invalid";
  readonly error: QueryError;
  readonly diagnostics: readonly Diagnostic[];
}

export async function search(project: Project, request: SearchRequest): Promise<SearchOutcome> {
  const { parseQuery, escapeLike, fitsQuery, searchedPieces, searchedVersion } = await project.compiler();
  const written = request.query === undefined ? undefined : parseQuery(request.query);
  if (written !== undefined && "problem" in written) return { kind: "invalid", error: written, diagnostics: [] };
  const query = queryOf(request, written, escapeLike);
  const { snapshot, result, diagnostics } = await compilePackage(project, {
    versions: request.allVersions === true ? "all" : "aliased",
    working: true,
  });
  if (snapshot === undefined) return { kind: "broken", diagnostics };
  project.cache.rememberSnapshot(snapshot, await project.compiledForms());
  await project.cache.save();
  const pieces = query === undefined ? [] : searchedPieces(query);
  const versions = (result?.prompts ?? []).flatMap((prompt) =>
    (request.allVersions === true ? prompt.versions : versionsInUse(prompt)).map((version) => ({ prompt, version })),
  );
  const fitting = versions.filter(
    ({ prompt, version }) => query === undefined || fitsQuery(searchedVersion(prompt, version), query),
  );
  const results = await Promise.all(fitting.map(({ prompt, version }) => describe(project, prompt, version, pieces)));
  return { kind: "found", value: { results, searched: versions.length }, diagnostics };
}

/** The working file is included if an alias points at it, or before the first release. */
function versionsInUse({ versions, aliases }: CompiledPrompt): readonly CompiledVersion[] {
  const pointedAt = new Set(aliases.flatMap(({ arms }) => arms.map((arm) => arm.version)));
  return versions.length === 1 ? versions : versions.filter(({ version }) => pointedAt.has(version));
}

async function describe(
  project: Project,
  { aliases }: CompiledPrompt,
  { name, version, content }: CompiledVersion,
  pieces: readonly string[],
): Promise<SearchResult> {
  const { kind, description, model, tags, template, partials } = content;
  const { findExcerpt } = await project.compiler();
  const texts = Object.entries({ [`${name}${PROMPT_EXTENSION}`]: template, ...partials });
  const excerpts = texts.flatMap(([file, text]) => {
    const excerpt = findExcerpt(text, pieces);
    return excerpt === undefined ? [] : [{ file: `${project.config.prompts}/${file}`, ...excerpt }];
  });
  const pointers = aliases.filter(({ arms }) => arms.some((arm) => arm.version === version));
  return {
    name,
    version,
    aliases: pointers.map(({ alias }) => alias),
    kind,
    description,
    model,
    tags,
    excerpt: excerpts[0],
  };
}
