// Searches the versions of a project's prompts.

import {
  type Excerpt,
  escapeLike,
  findExcerpt,
  fitsQuery,
  isAboutTexts,
  parseQuery,
  type QueryError,
  type SearchedVersion,
  searchedPieces,
} from "@cuecard/build/search";
import type { Diagnostic } from "@cuecard/model";
import type { Broken, Found } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { queryOf, type SearchRequest } from "./search-request.js";
import { listSearchable, type Searchable } from "./searchable.js";

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
  const written = request.query === undefined ? undefined : parseQuery(request.query);
  if (written !== undefined && "problem" in written) return { kind: "invalid", error: written, diagnostics: [] };
  const query = queryOf(request, written, escapeLike);
  const scope = request.allVersions === true ? "all" : "aliased";
  const needsTexts = query !== undefined && isAboutTexts(query);
  const { isRead, versions, texts, diagnostics } = await listSearchable(project, scope, needsTexts);
  if (!isRead) return { kind: "broken", diagnostics };
  const pieces = query === undefined ? [] : searchedPieces(query);
  const fitting = versions.filter((version) => query === undefined || fitsQuery(toSearched(version, texts), query));
  const results = fitting.map(({ name, version, aliases, kind, description, model, tags, files }): SearchResult => {
    const excerpts = files.flatMap(([file, text]) => {
      const excerpt = findExcerpt(texts[text] ?? "", pieces);
      return excerpt === undefined ? [] : [{ file: `${project.config.prompts}/${file}`, ...excerpt }];
    });
    return { name, version, aliases, kind, description, model, tags, excerpt: excerpts[0] };
  });
  return { kind: "found", value: { results, searched: versions.length }, diagnostics };
}

function toSearched({ aliases, files, ...facts }: Searchable, texts: readonly string[]): SearchedVersion {
  return {
    ...facts,
    text: files.map(([, text]) => texts[text] ?? ""),
    isLatest: aliases.includes("latest"),
    alias: aliases.filter((alias) => alias !== "latest"),
  };
}
