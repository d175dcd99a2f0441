// Compiled versions as queries see them.

import { partialName } from "@cuecard/model";
import type { CompiledPrompt, CompiledVersion } from "../model.js";
import type { SearchedVersion } from "./evaluate-query.js";

export function searchedVersion(prompt: CompiledPrompt, compiled: CompiledVersion): SearchedVersion {
  const { name, version, notes, content } = compiled;
  const pointers = prompt.aliases.filter(({ arms }) => arms.some((arm) => arm.version === version));
  const alias = pointers.map((pointer) => pointer.alias);
  const { description, model, kind, tags, config, variables, template, partials } = content;
  return {
    name,
    version,
    isLatest: alias.includes("latest"),
    text: [template, ...Object.values(partials)],
    description,
    model,
    kind,
    alias: alias.filter((known) => known !== "latest"),
    variable: variables,
    partial: Object.keys(partials).map(partialName),
    notes,
    tags,
    config,
  };
}
