// What a compilation takes from a project besides its files: the settings that change its findings or its code, and the helpers.

import path from "node:path";
import type { CompileOptions } from "@cuecard/build";
import type { Diagnostic } from "@cuecard/model";
import type { ReplacedPointer } from "@cuecard/registry";
import type { HelpersResult } from "../helpers/read-helpers.js";
import type { Project } from "../read/project.js";
import type { Config } from "../settings/config.js";

type CompileSettings = Pick<CompileOptions, "validation" | "metadataKeys" | "allowCharacters" | "helpers">;

export function compileSettings(config: Config, { helpers }: HelpersResult): CompileSettings {
  const { validation, metadataKeys, allowCharacters } = config;
  return { validation, metadataKeys, allowCharacters, ...(helpers && { helpers }) };
}

/** Everything but the cache. */
export function compileOptions(
  { config }: Project,
  helpers: HelpersResult,
  scope: Pick<CompileOptions, "versions" | "working"> & { readonly replaced: readonly ReplacedPointer[] },
): Omit<CompileOptions, "cache"> {
  return {
    ...{ versions: scope.versions, working: scope.working, ...compileSettings(config, helpers) },
    replaced: scope.replaced.map(({ name, alias }) => `${name}@${alias}`),
    project: relativeToDist(config.out),
  };
}

/** The project's folder, relative to the dist folder of the package at `out`. */
function relativeToDist(out: string): string {
  return path.posix.relative(`/${out}/dist`, "/");
}

/** A prompt is not unreleased if it has versions that could not be read. */
export function isTrueBeside(found: readonly Diagnostic[]): (finding: Diagnostic) => boolean {
  const names = new Set(found.flatMap(({ subject }) => (subject?.version === undefined ? [] : [subject.name])));
  return ({ code, subject }) => code !== "prompt/unreleased" || subject === undefined || !names.has(subject.name);
}
