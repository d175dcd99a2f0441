// Reads a project's own template helpers from their types, without running them.

import { statSync } from "node:fs";
import path from "node:path";
import type { ProjectHelpers } from "@cuecard/build";
import { type Diagnostic, diagnose, hasErrors } from "@cuecard/model";
import type { CacheFolder } from "../cache/cache-folder.js";
import type { ProjectSettings } from "../settings/read-settings.js";
import { findTypeScript } from "../typescript/find-typescript.js";
import { checkDependencies } from "./check-dependencies.js";
import { recallHelpers, recordFile } from "./helpers-record.js";
import { isOutside, ownFiles } from "./inputs.js";
import { nearestFile } from "./nearest-file.js";

export interface HelpersResult {
  /** `undefined` if the settings name none, or if there are errors. */
  readonly helpers: ProjectHelpers | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The project's files that this depends on, absolute, including files that were looked for and do not exist. */
  readonly files: readonly string[];
}

/** @param cache Where the result is kept; `undefined` if nothing can be. */
export async function readHelpers(project: ProjectSettings, cache: CacheFolder | undefined): Promise<HelpersResult> {
  const { dir, config } = project;
  const module = config.helpers;
  if (module === undefined || hasErrors(project.diagnostics)) return { helpers: undefined, diagnostics: [], files: [] };
  const file = path.join(dir, module);
  const place = project.helpersPlace ?? { file: module };
  const failed = (diagnostic: Diagnostic) => ({ helpers: undefined, diagnostics: [diagnostic], files: [file] });
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    return failed(diagnose("helpers/not-found", { module, nearest: nearestFile(dir, module) }, place));
  if (isOutside(dir, file)) return failed(diagnose("helpers/outside-project", { module }, place));

  const typescript = findTypeScript();
  if (!("specifier" in typescript)) return failed(diagnose("helpers/no-typescript", typescript, place));
  const kept = recordFile(cache, module, typescript.version);
  let record = recallHelpers(dir, kept);
  if (record === undefined) {
    const { analyzeHelpers } = await import("./analyze-helpers.js");
    record = analyzeHelpers(dir, module);
    if (!hasErrors(record.diagnostics)) await kept?.write(record);
  }
  const { signatures, entry, commonJsEntry, packages, inputs } = record;
  const missing = await checkDependencies(dir, config.out, packages);
  const diagnostics = [...record.diagnostics, ...missing];
  const helpers = hasErrors(diagnostics)
    ? undefined
    : { signatures, entry, commonJsEntry, files: new Map(record.files) };
  return { helpers, diagnostics, files: ownFiles(dir, inputs) };
}
