// Snapshots for tests, made from texts: what the registry would read from a repository of them.

import type { AliasTarget, PromptContent, Snapshot } from "@cuecard/model";
import { classifyPath, partialCandidates } from "@cuecard/model";
import { partialReferences } from "../src/parse/partial-references.js";

export interface SnapshotTexts {
  /** Texts by path within the prompts folder; of prompts and partials of the working tree. */
  readonly working?: Readonly<Record<string, string>>;
  /** For each version (`greet@v1`) the texts of its tagged tree. */
  readonly versions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly aliases?: Readonly<Record<string, Readonly<Record<string, AliasTarget>>>>;
}

const ORIGIN = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

export function makeSnapshot({ working = {}, versions = {}, aliases = {} }: SnapshotTexts): Snapshot {
  const released = Object.entries(versions).map(([tag, texts]) => {
    const [name = "", number = ""] = tag.split("@v");
    return { name, version: Number(number), content: readContent(name, texts) };
  });
  const entries = Object.entries(aliases).flatMap(([name, pointers]) =>
    Object.entries(pointers).map(([alias, target]) => ({ name, alias, target, range: ORIGIN })),
  );
  return {
    promptsDir: "prompts",
    working: Object.keys(working)
      .flatMap((path) => {
        const found = classifyPath(path);
        return found.kind === "prompt" ? [found.name] : [];
      })
      .sort()
      .map((name) => {
        const content = readContent(name, working);
        return { name, digest: digestOf(content), content };
      }),
    workingPartials: [],
    versions: released.map(({ name, version, content }) => ({
      name,
      version,
      commit: "c".repeat(40),
      digest: digestOf(content),
      notes: `Notes of v${version}`,
      path: content.prompt.path,
      targeted:
        released.every((other) => other.name !== name || other.version <= version) ||
        entries.some((entry) => entry.name === name && JSON.stringify(entry.target).includes(`"version":${version}`)),
      content,
    })),
    aliases: entries,
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
  return {
    prompt: { path: `prompts/${path}`, text: texts[path] ?? "" },
    partials: [...partials].sort().map(([partial, text]) => ({ path: `prompts/${partial}`, text })),
  };
}
