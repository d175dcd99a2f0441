// Finds what is wrong with contents that differ from those on disk: files that a fix would write, or a release would tag.

import type { Diagnostic, Snapshot } from "@cuecard/model";
import type { Project } from "../read/project.js";
import { compileSettings } from "./compile-settings.js";

export async function checkSnapshot(project: Project, snapshot: Snapshot): Promise<readonly Diagnostic[]> {
  const { compile } = await project.compiler();
  const settings = compileSettings(project.config, await project.helpers());
  return compile(snapshot, { versions: "all", working: true, emits: false, ...settings }).diagnostics;
}
