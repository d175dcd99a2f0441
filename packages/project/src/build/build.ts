// `build`: compiles and writes the generated package. If there are errors, nothing on disk changes.

import { randomUUID } from "node:crypto";
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
import { findLink, type KeptReading, type ReplacedPointer, type Replacement, saveLock } from "@cuecard/registry";
import type { WrittenFile } from "../cache/build-state.js";
import { checkFrozen, refuseReplaced } from "../compile/check-frozen.js";
import { compileChanges } from "../compile/compile.js";
import { ask, NEVER_ASKED } from "../read/answer-once.js";
import type { Project } from "../read/project.js";
import { BuildOutput } from "./build-output.js";
import { distFolder } from "./dist-folder.js";
import { KnownFolder } from "./known-folder.js";
import { listWrittenFiles } from "./list-written-files.js";
import { PackageMoved } from "./next-folder.js";
import { findNoPrompts } from "./no-prompts.js";
import { recoverFolder } from "./replace-folder.js";
import { SpareFolder } from "./spare-folder.js";
import { areSameFiles } from "./write-package.js";

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
  /** How many prompts and versions were read. */
  readonly prompts: number;
  readonly versions: number;
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
  return { diagnostics, prompts: 0, versions: 0, package: undefined, locked: [], replaced: [], helperFiles: [] };
}

/** What processes that watch know of the folders that they write. */
const folders = new WeakMap<Project["cache"], KnownFolder>();

/** How often a build starts again because another process has replaced the package. */
const ATTEMPTS = 5;

export async function build(project: Project, options: BuildOptions): Promise<BuildOutcome> {
  for (let attempt = 1; ; attempt++) {
    const work = new OpenOutputs();
    try {
      return await buildOnce(project, options, work);
    } catch (error) {
      if (!(error instanceof PackageMoved) || attempt === ATTEMPTS) throw error;
    } finally {
      await work.discard();
    }
  }
}

async function buildOnce(project: Project, options: BuildOptions, outputs: OpenOutputs): Promise<BuildOutcome> {
  const { cache } = project;
  const { out, versions, working } = project.config;
  const packageDir = path.join(project.dir, out);
  const dist = path.join(packageDir, "dist");
  const shownDir = `${out}/dist`;
  const recorded = cache.output?.dir === out ? cache.output : undefined;
  const link = findLink(project.dir, shownDir);
  if (link !== undefined) return unbuilt([diagnose("output/link", { out }, { file: link.path })]);
  let existing: readonly WrittenFile[];
  try {
    await recoverFolder(distFolder(packageDir));
    const known = options.overwrites === true ? folders.get(cache) : undefined;
    existing = known?.isSame(dist) === true ? known.files : await listWrittenFiles(dist);
  } catch (error) {
    return unbuilt([writeFailure(error, "package", shownDir)]);
  }
  const inPlace = recorded !== undefined && areSameFiles(existing, recorded.files);
  const recordedBuild = () => {
    const known = inPlace ? cache.record("build") : undefined;
    return known?.key === recorded?.key ? known : undefined;
  };
  const isKept = options.as === undefined && options.keepsCache !== false;
  const { known, keep } = isKept ? await ask<Built>(project, "built") : NEVER_ASKED;
  if (inPlace && known !== undefined && known.key === recorded.key)
    return {
      ...unbuilt(known.diagnostics),
      ...known.read,
      package: { files: existing.length, isNew: false, changed: 0 },
    };
  const compiled = await compileChanges(project, {
    ...{ record: "build", versions, working, replacements: options.as },
    isDone: (key) => inPlace && recorded?.key === key,
    earlier: recordedBuild,
    start(keys) {
      const previous = recordedBuild();
      const spare = cache.folder && new SpareFolder(cache.folder);
      const before = inPlace ? recorded?.build : undefined;
      const { overwrites } = options;
      return outputs.open(
        { packageDir, shownDir, existing, previous, spare, overwrites, build: outputs.build, before },
        keys,
      ).target;
    },
  });
  const checked = refuseReplaced(project, checkFrozen(project, compiled));
  const nothing = await findNoPrompts(project, checked);
  const compilation = { ...checked, diagnostics: sortDiagnostics([...checked.diagnostics, ...nothing]) };
  const { snapshot, lock, keepLocked, keys, result, replaced } = compilation;
  const { prompts, versions: count } = compilation.counts ?? countRead(snapshot);
  const read = { prompts, versions: count, helperFiles: compilation.helpers.files };
  const failed = (diagnostics: readonly Diagnostic[]) => ({ ...unbuilt(diagnostics), ...read, replaced });
  const isWhole = compilation.counts === undefined;
  if (snapshot !== undefined && isWhole) cache.rememberSnapshot(snapshot, await project.compiledForms());
  if (hasErrors(compilation.diagnostics) || snapshot === undefined || keys === undefined) {
    if (snapshot !== undefined && options.keepsCache !== false) await cache.save();
    return failed(compilation.diagnostics);
  }

  // Before the package: what services can load is in prompts.lock, also when a build is killed.
  let locked: KeptReading | undefined;
  const updateLock = async (): Promise<Diagnostic | undefined> => {
    if (lock?.changed !== true || project.frozen) return undefined;
    const problem = await saveLock(project.dir, lock);
    if (problem === undefined) locked = keepLocked?.();
    return problem;
  };
  const refused = (diagnostic: Diagnostic) => failed(sortDiagnostics([...compilation.diagnostics, diagnostic]));
  let written = { files: existing.length, isNew: false, changed: 0 };
  const output = outputs.last;
  if (result !== undefined && output !== undefined) {
    const { outcome, record } = await output.finish(result, updateLock);
    if (outcome.kind === "refused") return refused(outcome.diagnostic);
    const isNew = outcome.kind === "written";
    written = { files: outcome.files.length, isNew, changed: isNew ? outcome.changed : 0 };
    const { build } = !isNew && inPlace ? recorded : outputs;
    cache.output = { dir: out, key: keys.whole, build, files: outcome.files };
    if (options.overwrites === true) folders.set(cache, new KnownFolder(dist, outcome.files));
    const base = locked === undefined ? record.base : { reading: locked, except: [] };
    cache.rememberRecord("build", { ...record, base });
  } else {
    const problem = await updateLock();
    if (problem !== undefined) return refused(problem);
  }
  const { diagnostics } = compilation;
  if (options.keepsCache !== false) {
    await cache.save();
    await keep({ key: keys.whole, diagnostics, read }, isWhole ? undefined : diagnostics);
  }
  return { ...read, replaced, diagnostics, package: written, locked: lock?.added ?? [] };
}

/** What a build answers as long as nothing has changed, and the package is still there. */
interface Built {
  /** Of the package. */
  readonly key: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly read: Pick<BuildOutcome, "prompts" | "versions" | "helperFiles">;
}

function countRead(snapshot: Snapshot | undefined): Pick<BuildOutcome, "prompts" | "versions"> {
  const { working = [], versions = [] } = snapshot ?? {};
  return { prompts: new Set([...working, ...versions].map(({ name }) => name)).size, versions: versions.length };
}

/** The outputs that a build has opened: more than one if it had to start again. */
class OpenOutputs {
  /** Identifies the build. */
  readonly build: string = randomUUID();
  readonly #all: BuildOutput[] = [];

  get last(): BuildOutput | undefined {
    return this.#all.at(-1);
  }

  open(...args: ConstructorParameters<typeof BuildOutput>): BuildOutput {
    const output = new BuildOutput(...args);
    this.#all.push(output);
    return output;
  }

  async discard(): Promise<void> {
    for (const output of this.#all) await output.discard();
  }
}
