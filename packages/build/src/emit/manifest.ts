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

/** One prompt's part of `dist/manifest.json`. */
export function emitManifestEntry(prompt: CompiledPrompt): string {
  const entry = JSON.stringify(promptEntry(prompt), undefined, 1).replaceAll("\n", "\n  ");
  return `  ${JSON.stringify(prompt.name)}: ${entry}`;
}

function promptEntry(prompt: CompiledPrompt): object {
  const aliases = prompt.aliases.map(({ alias, arms }) => {
    const [only] = arms;
    const target =
      arms.length === 1 && only !== undefined
        ? versionRef(only.version)
        : Object.fromEntries(arms.map(({ version, weight }) => [versionRef(version), weight]));
    return [alias, target];
  });
  return {
    aliases: Object.fromEntries(aliases),
    versions: Object.fromEntries(
      prompt.versions.map((version) => [versionRef(version.version), versionEntry(version)]),
    ),
  };
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
    examples: content.examples,
    partials: content.partials,
    ...(content.schemas === undefined ? {} : { schemas: content.schemas }),
    template,
    trimMessages: content.trimMessages,
  };
}
