// Snapshots for tests, made from texts: what the registry would read from a repository of them.

import type { AliasTarget, PromptContent, SchemaFile, Snapshot, SourceFile } from "@cuecard/model";
import {
  classifyPath,
  latestVersions,
  partialCandidates,
  schemaCandidates,
  schemaName,
  versionTag,
} from "@cuecard/model";
import { partialReferences } from "../src/parse/partial-references.js";
import { schemaReferences } from "../src/parse/schema-references.js";

export interface SnapshotTexts {
  /** Texts by path within the prompts folder; of prompts and partials of the working tree. */
  readonly working?: Readonly<Record<string, string>>;
  /** For each version (`greet@v1`) the texts of its tagged tree. */
  readonly versions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly aliases?: Readonly<Record<string, Readonly<Record<string, AliasTarget>>>>;
  /** Names of prompts that have versions and no file any more; all others have one, whether its text is given or not. */
  readonly deleted?: readonly string[];
  /** Why versions (`greet@v1`) are retired. */
  readonly retired?: Readonly<Record<string, string>>;
}

const ORIGIN = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

export function makeSnapshot({
  working = {},
  versions = {},
  aliases = {},
  retired = {},
  deleted = [],
}: SnapshotTexts): Snapshot {
  const released = Object.entries(versions).map(([tag, texts]) => {
    const [name = "", number = ""] = tag.split("@v");
    return { name, version: Number(number), content: readContent(name, texts) };
  });
  const latest = latestVersions(released.map((id) => ({ ...id, retired: retired[versionTag(id)] })));
  const entries = Object.entries(aliases).flatMap(([name, pointers]) =>
    Object.entries(pointers).map(([alias, target]) => ({ name, alias, target, range: ORIGIN })),
  );
  const names = Object.keys(working)
    .flatMap((path) => {
      const found = classifyPath(path);
      return found.kind === "prompt" ? [found.name] : [];
    })
    .sort();
  return {
    promptsDir: "prompts",
    working: names.map((name) => {
      const content = readContent(name, working);
      return { name, digest: digestOf(content), content };
    }),
    workingNames: [...new Set([...names, ...released.map(({ name }) => name)])].filter(
      (name) => !deleted.includes(name),
    ),
    workingPartials: [],
    schemaNames: Object.keys(working).flatMap((path) => schemaName(path) ?? []),
    versions: released.map(({ name, version, content }) => ({
      name,
      version,
      commit: "c".repeat(40),
      digest: digestOf(content),
      notes: `Notes of v${version}`,
      retired: retired[versionTag({ name, version })],
      path: content.prompt.path,
      targeted:
        latest.get(name) === version ||
        entries.some((entry) => entry.name === name && JSON.stringify(entry.target).includes(`"version":${version}`)),
      content,
    })),
    aliases: entries,
    scores: [],
  };
}

/** Enough of a digest for tests: equal contents have equal ones. */
function digestOf(content: PromptContent): string {
  return `sha256-${JSON.stringify(content)}`;
}

function readContent(name: string, texts: Readonly<Record<string, string>>): PromptContent {
  const path = `${name}.md`;
  const partials = new Map<string, string>();
  const follow = (text: string): void => {
    for (const partial of partialReferences(text)) {
      const found = partialCandidates(name, partial).find((candidate) => candidate in texts);
      if (found === undefined || partials.has(found)) continue;
      partials.set(found, texts[found] ?? "");
      follow(texts[found] ?? "");
    }
  };
  follow(texts[path] ?? "");
  const schemas = new Map<string, SchemaFile>();
  const followSchemas = (file: SourceFile): void => {
    for (const schema of schemaReferences(file)) {
      const found = schemaCandidates(schema).find((candidate) => candidate in texts);
      if (found === undefined || schemas.has(found)) continue;
      const own = { path: `prompts/${found}`, text: texts[found] ?? "", name: schema };
      schemas.set(found, own);
      followSchemas(own);
    }
  };
  const prompt = { path: `prompts/${path}`, text: texts[path] ?? "" };
  followSchemas(prompt);
  return {
    prompt,
    partials: [...partials].sort().map(([partial, text]) => ({ path: `prompts/${partial}`, text })),
    ...(schemas.size === 0 ? {} : { schemas: [...schemas].sort().map(([, file]) => file) }),
  };
}
