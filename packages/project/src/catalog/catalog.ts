// Builds the catalog: the static site of a project's prompts.

import path from "node:path";
import { type Diagnostic, diagnose, sortDiagnostics } from "@cuecard/model";
import type { Project } from "../read/project.js";
import { readCatalog } from "./read-catalog.js";
import { refuseFolder, type WrittenSite, writeSite } from "./write-site.js";

export interface CatalogOptions {
  /** The folder to write, relative to the project's folder. What is in it must be a site of an earlier run. */
  readonly out: string;
  /** The project's name, as the pages show it. Default: the name of its folder. */
  readonly title?: string | undefined;
  /** Whether examples that call the project's helpers are rendered, which runs them. Default: no. */
  readonly runsHelpers?: boolean | undefined;
}

export interface CatalogOutcome {
  /** What was written; `undefined` if nothing was. */
  readonly site: WrittenSite | undefined;
  /** Findings of the project, which are on a page of the site, and those about the folder. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function buildCatalog(
  project: Project,
  { out, title = path.basename(project.dir), runsHelpers = false }: CatalogOptions,
): Promise<CatalogOutcome> {
  const dir = path.resolve(project.dir, out);
  // Before thousands of prompts are read.
  const refused = isAround(dir, project.dir)
    ? diagnose("output/not-a-catalog", { dir: out, foreign: "" }, { file: out })
    : refuseFolder(dir, out);
  if (refused !== undefined) return { site: undefined, diagnostics: [refused] };
  const { reader, diagnostics } = await readCatalog(project, { title, runsHelpers, isLive: false });
  if (reader === undefined) return { site: undefined, diagnostics };
  const [{ emitSite }, { assets }] = await Promise.all([import("@cuecard/catalog"), import("@cuecard/catalog/assets")]);
  const site = emitSite({ ...reader.facts, prompts: reader.read() });
  const written = await writeSite(dir, out, joined(assets, site));
  if ("files" in written) return { site: written, diagnostics };
  return { site: undefined, diagnostics: sortDiagnostics([...diagnostics, written]) };
}

/** Whether the folder is the project's folder, or above it. */
function isAround(dir: string, project: string): boolean {
  const relative = path.relative(dir, project);
  return relative === "" || !(relative.startsWith("..") || path.isAbsolute(relative));
}

async function* joined<T>(...all: readonly (AsyncIterable<T> | Iterable<T>)[]): AsyncGenerator<T> {
  for (const one of all) yield* one;
}
