// Reads the texts that findings point into. Files of released versions are read again only if a finding needs them.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { Diagnostic } from "@cuecard/model";
import type { Project } from "./project.js";
import { type SourceLookup, snapshotSources } from "./sources.js";

export async function readSources(project: Project, diagnostics: readonly Diagnostic[]): Promise<SourceLookup> {
  const refs = new Set<string>();
  for (const { ref, range } of diagnostics) if (ref !== undefined && range !== undefined) refs.add(ref);
  const snapshot =
    refs.size === 0
      ? undefined
      : (await project.snapshot({ texts: ({ version }) => refs.has(`v${version}`) })).snapshot;
  return snapshotSources(snapshot, (file) => readText(path.join(project.dir, file)));
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
