// The snapshots of a project: reading them, comparing what examples render, and planning what `update` writes.

import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { SnapshotMessage } from "@cuecard/build";
import { type Applied, type Diagnostic, diagnose, writeFailure } from "@cuecard/model";
import { readProjectFile, replaceFile } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import type { SnapshotPlan, SnapshotResult } from "./test-report.js";

/** The end of a snapshot file's name, in place of its prompt's `.md`. */
const SNAPSHOT_EXTENSION = ".snapshot";

export type Snapshots = ReadonlyMap<string, readonly SnapshotMessage[]>;

export interface ReadSnapshots {
  readonly file: string;
  /** The exact text; `undefined` if there is no file. */
  readonly text: string | undefined;
  /** `undefined` if there is no file, or it cannot be read. */
  readonly examples: Snapshots | undefined;
  /** Whether the file is another tool's, and so is never written. */
  readonly isForeign: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

function snapshotFileOf({ config }: Project, name: string): string {
  return `${config.prompts}/${name}${SNAPSHOT_EXTENSION}`;
}

export async function readSnapshots(project: Project, name: string): Promise<ReadSnapshots> {
  const file = snapshotFileOf(project, name);
  const read = await readProjectFile(project.dir, file);
  if (read === undefined) return { file, text: undefined, examples: undefined, isForeign: false, diagnostics: [] };
  const { text, exact, diagnostics } = read;
  if (diagnostics.length > 0) return { file, text: exact, examples: undefined, isForeign: true, diagnostics };
  const { isSnapshotFile, parseSnapshots } = await project.compiler();
  const parsed = parseSnapshots(text);
  if (!("problem" in parsed)) return { file, text: exact, examples: parsed, isForeign: false, diagnostics };
  const isForeign = !isSnapshotFile(text);
  const at = { line: parsed.line, column: 1 };
  const finding = diagnose(
    "example/unreadable-snapshot",
    { problem: parsed.problem, name, isForeign },
    { file, range: { start: at, end: at } },
  );
  return { file, text: exact, examples: undefined, isForeign, diagnostics: [finding] };
}

/** The snapshots in the prompts folder whose prompts do not exist, sorted. Files of other tools are left out. */
export async function findOrphans(project: Project, names: ReadonlySet<string>): Promise<ReadSnapshots[]> {
  const folder = path.join(project.dir, project.config.prompts);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const orphans = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(SNAPSHOT_EXTENSION))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .map((file) => file.slice(0, -SNAPSHOT_EXTENSION.length))
    .filter((name) => !names.has(name))
    .sort();
  const read = await Promise.all(orphans.map((name) => readSnapshots(project, name)));
  return read.filter(({ isForeign }) => !isForeign);
}

/** Writes each file atomically, and only if it is still what the plan saw. */
export async function applySnapshots({ dir }: Project, plan: SnapshotPlan): Promise<Applied<SnapshotResult>> {
  const written: string[] = [];
  const deleted: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { file, before, after } of plan.files) {
    const isStill = async () => (await readProjectFile(dir, file))?.exact === before;
    try {
      if (after !== undefined && (await replaceFile(path.join(dir, file), after, isStill))) written.push(file);
      else if (after === undefined && (await isStill())) {
        await rm(path.join(dir, file));
        deleted.push(file);
      } else diagnostics.push(diagnose("example/changed-while-testing", {}, { file }));
    } catch (error) {
      diagnostics.push(writeFailure(error, file, file));
    }
  }
  return { result: { written, deleted }, diagnostics };
}
