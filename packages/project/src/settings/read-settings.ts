// A project's folder and settings.

import { stat } from "node:fs/promises";
import path from "node:path";
import type { Diagnostic, Place } from "@cuecard/model";
import { UsageError } from "@cuecard/model";
import type { Config } from "./config.js";
import { readConfig } from "./read-config.js";

export interface ProjectSettings {
  /** Absolute. */
  readonly dir: string;
  readonly config: Config;
  /** Findings about the settings. If they include errors, the project is not read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where the settings name the prompts folder; `undefined` if they use the default. */
  readonly promptsPlace?: Place | undefined;
  /** Where the settings name the helpers module. */
  readonly helpersPlace?: Place | undefined;
}

/** @throws UsageError if the folder does not exist. */
export async function readSettings(dir: string): Promise<ProjectSettings> {
  const absolute = path.resolve(dir);
  const kind = await stat(absolute).catch(() => undefined);
  if (kind === undefined) throw new UsageError(`folder not found: ${absolute}`);
  if (!kind.isDirectory()) throw new UsageError(`${absolute} is not a folder`);
  return { dir: absolute, ...(await readConfig(absolute)) };
}
