// Reads the prompts of the working tree, with uncommitted edits.

import {
  classifyPath,
  compareText,
  type Diagnostic,
  diagnose,
  type SchemaFile,
  type SourceFile,
  type Subject,
  schemaName,
  trimMessages,
  type WorkingPrompt,
  windowsNameProblem,
} from "@cuecard/model";
import type { Decoded } from "../disk/text.js";
import { reachPartials } from "../repository/closure.js";
import type { PartialReferences, SchemaReferences } from "../repository/content-reader.js";
import { readScores, SCORES_EXTENSION, type ScoreLine } from "../scores/scores-file.js";
import { digestOf } from "../versions/digest.js";
import { listWorkingFiles, type WorkingFiles, type WorkingFolder } from "./working-files.js";
import { WorkingSchemas } from "./working-schemas.js";

export interface WorkingTree {
  /** Sorted by name. */
  readonly prompts: readonly WorkingPrompt[];
  /** Sorted by path. */
  readonly partials: readonly SourceFile[];
  /** The names of all files that can be named schemas, sorted. */
  readonly schemaNames: readonly string[];
  /** The named schemas that prompts use, sorted by path. */
  readonly schemas: readonly SchemaFile[];
  /** The names of all prompts that have a file, even one that cannot be read. */
  readonly names: ReadonlySet<string>;
  /** The names that files would have if the settings did not ignore them. */
  readonly ignored: ReadonlySet<string>;
  /** By prompt, then in the order of the file. */
  readonly scores: readonly (ScoreLine & { readonly file: string })[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface WorkingOptions extends WorkingFolder {
  readonly partialReferences: PartialReferences;
  readonly schemaReferences: SchemaReferences;
  /** The prompts whose files are read, with what they use. Default: all. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Whether messages are trimmed. */
  readonly trimMessages: boolean;
}

interface FoundFile extends SourceFile {
  readonly references: readonly string[];
}

/**
 * Reads all prompts and partials below the prompts folder. If the folder does not exist, there are none.
 *
 * @param files Those of the folder, if they have been listed. Default: they are listed now.
 */
export async function readWorkingTree(options: WorkingOptions, files?: WorkingFiles): Promise<WorkingTree> {
  const listed = files ?? (await listWorkingFiles(options));
  const { promptsDir, only } = options;
  const isAsked = (name: string) => only?.has(name) ?? true;
  const diagnostics: Diagnostic[] = [...listed.diagnostics];
  const { paths: found, read: readFile } = listed;
  const paths = found.filter((path) => !path.endsWith(SCORES_EXTENSION) && schemaName(path) === undefined);
  const scored = found.filter(
    (path) => path.endsWith(SCORES_EXTENSION) && isAsked(path.slice(0, -SCORES_EXTENSION.length)),
  );
  const texts = new Map<string, FoundFile>();
  const prompts: { name: string; path: string }[] = [];
  const names = new Set<string>();
  const ignored = new Set<string>();
  const read = async (path: string, subject?: Subject): Promise<FoundFile | undefined> => {
    const place = { file: `${promptsDir}/${path}` };
    const decoded = readFile(path);
    if (decoded.text === undefined) {
      diagnostics.push(decoded.report(place, subject));
      return undefined;
    }
    const { text } = decoded;
    const file = { path: place.file, text, references: await options.partialReferences(text, "working") };
    texts.set(path, file);
    return file;
  };
  for (const path of paths) {
    const place = { file: `${promptsDir}/${path}` };
    const kind = classifyPath(path);
    // Partials are read if a prompt uses them, whatever they are called.
    if (kind.kind !== "partial" && options.isIgnored(path)) {
      if (kind.kind === "prompt") ignored.add(kind.name);
      continue;
    }
    if (kind.kind === "invalid") {
      diagnostics.push(diagnose("prompt/invalid-name", { name: kind.name, problem: kind.problem }, place));
      continue;
    }
    if (kind.kind === "prompt") names.add(kind.name);
    // The partials that they use are read later.
    if (only !== undefined && !(kind.kind === "prompt" && only.has(kind.name))) continue;
    const segment = windowsNameProblem(path);
    const subject = kind.kind === "prompt" ? { name: kind.name } : undefined;
    if (segment !== undefined)
      diagnostics.push(diagnose("prompt/windows-name", { path: place.file, segment }, place, subject));
    if ((await read(path, subject)) !== undefined && kind.kind === "prompt") prompts.push({ name: kind.name, path });
  }
  const unread = new Set(only === undefined ? [] : paths);
  const findPartial = (path: string) => {
    if (!unread.delete(path)) return texts.get(path);
    return texts.get(path) ?? read(path);
  };
  const schemas = new WorkingSchemas(found, { ...options, readFile, diagnostics });
  const working: WorkingPrompt[] = [];
  for (const { name, path } of prompts) {
    const file = texts.get(path);
    if (file === undefined) continue;
    const partials = (await reachPartials(name, file.references, findPartial)).map(toSource);
    const reached = await schemas.reachedBy(file);
    const written = { prompt: toSource(file), partials, ...(reached.length === 0 ? {} : { schemas: reached }) };
    const content = options.trimMessages ? trimMessages(written) : written;
    working.push({ name, content, digest: digestOf(content, promptsDir) });
  }
  const isPartial = (path: string) => classifyPath(path).kind === "partial";
  return {
    prompts: working.sort((a, b) => compareText(a.name, b.name)),
    partials: [...texts]
      .filter(([path]) => isPartial(path))
      .map(([, file]) => toSource(file))
      .sort((a, b) => compareText(a.path, b.path)),
    schemaNames: schemas.names,
    schemas: schemas.used,
    names,
    ignored,
    scores: scored.flatMap((path) => readScoresFile(readFile(path), path, promptsDir, diagnostics)),
    diagnostics,
  };
}

function readScoresFile(decoded: Decoded, path: string, promptsDir: string, diagnostics: Diagnostic[]) {
  const file = `${promptsDir}/${path}`;
  if (decoded.text === undefined) {
    diagnostics.push(decoded.report({ file }));
    return [];
  }
  const read = readScores(decoded.text, path.slice(0, -SCORES_EXTENSION.length), file);
  diagnostics.push(...read.diagnostics);
  return read.scores.map((score) => ({ ...score, file }));
}

function toSource({ path, text }: SourceFile): SourceFile {
  return { path, text };
}
