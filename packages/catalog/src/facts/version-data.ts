// What the page for comparing reads of a version, and the texts that it shows of it.

import { type ContentFacts, FACT_MEMBERS } from "@cuecard/build/compare-facts";
import type { CatalogExample, CatalogVersion } from "../source.js";

export interface VersionData {
  /** Path and text: the prompt's file, then partials and named schemas. */
  readonly files: readonly (readonly [path: string, text: string])[];
  /** Name and rendered text. */
  readonly examples: readonly (readonly [name: string, text: string])[];
  readonly facts: ContentFacts;
}

export function describeVersion({ files, examples, compiled: { content } }: CatalogVersion): VersionData {
  return {
    files: files.map(({ path, text }) => [path, text]),
    examples: examples.map(({ name, result }) => [name, textOf(result)]),
    facts: Object.fromEntries(FACT_MEMBERS.map((member) => [member, content[member]])) as unknown as ContentFacts,
  };
}

function textOf(result: CatalogExample["result"]): string {
  if ("refused" in result) return `Not rendered: ${result.refused}`;
  return result.messages.map(({ role, text }) => `[${role}]\n${text}`).join("\n");
}

/** A part that is compared. */
export interface ComparedPart {
  readonly title: string;
  readonly text: string;
}

export function partsOf({ files, examples, facts }: VersionData): ComparedPart[] {
  const { inputSchema, outputSchema, tools, model, config, outputFormat, tags, metadata, ext, defaults } = facts;
  const settings = {
    model,
    ...config,
    ...(outputFormat === undefined ? {} : { "output.format": outputFormat }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...metadata,
    ...ext,
  };
  const print = (title: string, value: unknown): ComparedPart[] =>
    isEmpty(value) ? [] : [{ title, text: JSON.stringify(value, undefined, 2) }];
  return [
    ...files.map(([title, text]) => ({ title, text })),
    ...examples.map(([name, text]) => ({ title: `Example "${name}", rendered`, text })),
    ...print("Inputs (JSON Schema)", inputSchema),
    ...print("Default values", defaults),
    ...print("Answer (JSON Schema)", outputSchema),
    ...print("Settings", settings),
    ...print("Tools", tools),
  ];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || Object.values(value as object).every((member) => member === undefined);
}
