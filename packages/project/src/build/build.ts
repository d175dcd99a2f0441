// `build`: compiles and writes the generated package. If there are errors, nothing on disk changes.

import path from "node:path";
import {
  type Diagnostic,
  diagnose,
  hasErrors,
  type Snapshot,
  sortDiagnostics,
  type VersionId,
  writeFailure,
} from "@cuecard/model";
import { findLink, type ReplacedPointer, type Replacement, saveLock } from "@cuecard/registry";
import { checkFrozen, refuseReplaced } from "../compile/check-frozen.js";
import { compilePackage } from "../compile/compile.js";
import type { Project } from "../read/project.js";
import { findNoPrompts } from "./no-prompts.js";
import { recoverOutput } from "./recover-output.js";
import { isInPlace, writePackage } from "./write-package.js";

export interface BuildOptions {
  /** Whether the cache is saved to disk afterwards. While watching, that is not needed each time. Default: yes. */
  readonly keepsCache?: boolean | undefined;
  /**
   * Whether the files of the package are overwritten one by one, so that programs that watch them notice every change.
   * Default: no, the whole package is replaced in one step.
   */
  readonly overwrites?: boolean | undefined;
  /**
   * Pointers that count instead of those of aliases.json, for local runs and evaluations. With a frozen prompts.lock, this is
   * an error. Default: none.
   */
  readonly as?: readonly Replacement[] | undefined;
}

export interface BuildOutcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly snapshot: Snapshot | undefined;
  /** What was written to the generated package; `undefined` if there were errors. */
  readonly package:
    | {
        readonly files: number;
        /** Whether this build changed the package. */
        readonly isNew: boolean;
        /** Files of it that are new or have another text. */
        readonly changed: number;
      }
    | undefined;
  /** Versions that this build added to prompts.lock. */
  readonly locked: readonly VersionId[];
  /** Pointers of the package that differ from aliases.json, because of the option `as`. */
  readonly replaced: readonly ReplacedPointer[];
  /** The files that the project's helpers are made of, absolute; also those that were looked for in vain. */
  readonly helperFiles: readonly string[];
}

/** The result if nothing was compiled. */
export function unbuilt(diagnostics: readonly Diagnostic[]): BuildOutcome {
  return { diagnostics, snapshot: undefined, package: undefined, locked: [], replaced: [], helperFiles: [] };
}

export async function build(project: Project, options: BuildOptions): Promise<BuildOutcome> {
  const { cache } = project;
  const { out, versions, working } = project.config;
  const packageDir = path.join(project.dir, out);
  const recorded = cache.output?.dir === out ? cache.output : undefined;
  let inPlace = false;
  const link = findLink(project.dir, `${out}/dist`);
  if (link !== undefined) return unbuilt([diagnose("output/link", { out }, { file: link.path })]);
  try {
    await recoverOutput(packageDir);
    inPlace = recorded !== undefined && (await isInPlace(packageDir, recorded.files));
  } catch (error) {
    return unbuilt([writeFailure(error, "package", `${out}/dist`)]);
  }
  const scope = {
    versions,
    working,
    replacements: options.as,
    isDone: (key: string) => inPlace && recorded?.key === key,
  };
  const compiled = refuseReplaced(project, checkFrozen(project, await compilePackage(project, scope)));
  const nothing = await findNoPrompts(project, compiled);
  const compilation = { ...compiled, diagnostics: sortDiagnostics([...compiled.diagnostics, ...nothing]) };
  const { snapshot, lock, key, result } = compilation;
  const read = { snapshot, replaced: compilation.replaced, helperFiles: compilation.helpers.files };
  const failed = (diagnostics: readonly Diagnostic[]) => ({ ...unbuilt(diagnostics), ...read });
  if (snapshot !== undefined) cache.rememberSnapshot(snapshot, await project.compiledForms());
  if (hasErrors(compilation.diagnostics) || snapshot === undefined || key === undefined) {
    if (snapshot !== undefined && options.keepsCache !== false) await cache.save();
    return failed(compilation.diagnostics);
  }

  // Before the package: what services can load is in prompts.lock, also when a build is killed.
  const updateLock = async (): Promise<Diagnostic | undefined> => {
    if (lock?.changed !== true || project.frozen) return undefined;
    return saveLock(project.dir, lock);
  };
  const refused = (diagnostic: Diagnostic) => failed(sortDiagnostics([...compilation.diagnostics, diagnostic]));
  let written = { files: recorded?.files.length ?? 0, isNew: false, changed: 0 };
  if (result !== undefined) {
    const outcome = await writePackage(packageDir, `${out}/dist`, result.files, {
      beforeReplacing: updateLock,
      overwrites: options.overwrites,
    });
    if (outcome.kind === "refused") return refused(outcome.diagnostic);
    written = {
      files: outcome.files.length,
      isNew: outcome.kind === "written",
      changed: outcome.kind === "written" ? outcome.changed : 0,
    };
    cache.output = { dir: out, key, files: outcome.files };
  } else {
    const problem = await updateLock();
    if (problem !== undefined) return refused(problem);
  }
  if (options.keepsCache !== false) await cache.save();
  return { ...read, diagnostics: compilation.diagnostics, package: written, locked: lock?.added ?? [] };
}
