// The whole registry as one JSON document, for other languages and tools.

import { versionRef } from "@cuecard/model";
import type { CompiledPrompt, CompiledVersion } from "../model.js";
import type { PromptFacts } from "./prompt-facts.js";
import type { SharedText } from "./shared-text.js";

/**
 * `dist/manifest.json`. Its shape is public and documented.
 *
 * @param replaced Pointers that differ from aliases.json in this build, such as `greet@production`.
 */
export function emitManifest(prompts: readonly PromptFacts[], replaced: readonly string[]): SharedText {
  const members = { manifestVersion: 1, ...(replaced.length === 0 ? {} : { replaced }), prompts: {} };
  // The last member is the empty object of the prompts.
  const head = JSON.stringify(members, undefined, 1).slice(0, -"}\n}".length);
  return prompts.length === 0
    ? { head, separator: "", tail: "}\n}\n" }
    : { head: `${head}\n`, separator: ",\n", tail: "\n }\n}\n" };
}

/** One prompt's part of `dist/manifest.json`: each version on a line of its own. */
export function emitManifestEntry({ name, versions, aliases }: CompiledPrompt): string {
  const targets = aliases.map(({ alias, arms }) => {
    const [only] = arms;
    const target =
      arms.length === 1 && only !== undefined
        ? versionRef(only.version)
        : Object.fromEntries(arms.map(({ version, weight }) => [versionRef(version), weight]));
    return [alias, target];
  });
  const lines = versions.map((version) =>
    member(4, versionRef(version.version), JSON.stringify(versionEntry(version))),
  );
  const entry = [
    member(3, "aliases", JSON.stringify(Object.fromEntries(targets))),
    member(3, "versions", `{\n${lines.join(",\n")}\n   }`),
  ];
  return member(2, name, `{\n${entry.join(",\n")}\n  }`);
}

/** A member of a JSON object, as indented text. */
function member(indent: number, key: string, json: string): string {
  return `${" ".repeat(indent)}${JSON.stringify(key)}: ${json}`;
}

function versionEntry({ version, commit, digest, notes, retired, scores, content }: CompiledVersion): object {
  const { kind, description, model, config, tags, tools, metadata, ext, variables, template, defaults, renamedFrom } =
    content;
  return {
    ...(version === "working" ? {} : { commit }),
    digest,
    ...(notes === "" ? {} : { notes }),
    ...(retired === undefined ? {} : { retired }),
    ...(scores.length === 0
      ? {}
      : { scores: scores.map(({ metric, value, dataset, date }) => ({ metric, value, dataset, date })) }),
    kind,
    description,
    model,
    config,
    tags,
    tools,
    metadata,
    ...(Object.keys(ext).length === 0 ? {} : { ext }),
    ...(renamedFrom.length === 0 ? {} : { renamedFrom }),
    variables,
    inputSchema: content.inputSchema,
    ...(Object.keys(defaults).length === 0 ? {} : { defaults }),
    outputFormat: content.outputFormat,
    outputSchema: content.outputSchema,
    // Expectations are for `cuecard test`, which reads the file.
    examples: content.examples.map(({ expect: _, ...example }) => example),
    partials: content.partials,
    ...(content.schemas === undefined ? {} : { schemas: content.schemas }),
    template,
    trimMessages: content.trimMessages,
  };
}
