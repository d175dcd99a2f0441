// Reads the texts that findings point into. Files of released versions are read again only if a finding needs them.

import { readFileSync } from "node:fs";
import path from "node:path";
import { type Diagnostic, decodeUtf8, type Revision } from "@cuecard/model";
import type { Project, SnapshotVersion } from "./project.js";
import { type SourceLookup, snapshotSources } from "./sources.js";

export async function readSources(project: Project, diagnostics: readonly Diagnostic[]): Promise<SourceLookup> {
  const wanted = diagnostics.filter(({ revision, range }) => range !== undefined && versionOf(revision) !== undefined);
  const texts = ({ name, version }: SnapshotVersion) =>
    wanted.some(
      ({ revision, subject }) => versionOf(revision) === version && (subject === undefined || subject.name === name),
    );
  const snapshot = wanted.length === 0 ? undefined : (await project.snapshot({ texts })).snapshot;
  const known = new Map<string, string | undefined>();
  return snapshotSources(snapshot, (file) => {
    if (!known.has(file)) known.set(file, readText(path.join(project.dir, file)));
    return known.get(file);
  });
}

function versionOf(revision: Revision | undefined): number | undefined {
  return typeof revision === "object" && "version" in revision ? revision.version : undefined;
}

function readText(file: string): string | undefined {
  try {
    return decodeUtf8(readFileSync(file)).text;
  } catch {
    return undefined;
  }
}
