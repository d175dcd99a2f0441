// Reads from git's index which files a sparse checkout leaves out of the working tree. They are absent, but not deleted.
// Format: https://git-scm.com/docs/index-format

import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnose } from "@cuecard/model";
import { errorCode } from "../disk/error-code.js";
import type { TreeEntry } from "./objects.js";
import { inspectRepository } from "./preflight.js";
import { RepositoryUnreadable, unreadableFile } from "./reader.js";
import { readSharedIndex } from "./split-index.js";

/** By path, relative to the folder that was asked about. The path of a folder of a sparse index ends in `/`. */
export type SkippedEntries = ReadonlyMap<string, TreeEntry>;

/** The entries below a folder, or that contain it (the path is then empty). Without a readable repository there are none. */
export function readSkippedEntries(dir: string): SkippedEntries {
  try {
    const facts = inspectRepository(dir);
    if (facts === undefined || facts.bare) return new Map();
    const entries = readIndex(facts.gitDir, facts.objectFormat === "sha256" ? 32 : 20);
    return new Map(
      [...entries].flatMap(([path, entry]): [string, TreeEntry][] =>
        path.startsWith(facts.prefix) ? [[path.slice(facts.prefix.length), entry]] : [],
      ),
    );
  } catch (error) {
    if (error instanceof RepositoryUnreadable) return new Map(); // reported where the repository is opened
    throw error;
  }
}

/** The finding that a file is not absent, but left out of the working tree, so it cannot be written. */
export function findSkippedFile(dir: string, file: string): Diagnostic | undefined {
  if (!readSkippedEntries(dir).has(file)) return undefined;
  return diagnose("git/not-checked-out", { path: file }, { file });
}

/**
 * Only versions above 2 have the flag, so that most repositories need no more than the header. The entries of a split index
 * are in a second file, which has a version of its own.
 */
function readIndex(gitDir: string, oidBytes: number): Map<string, TreeEntry> {
  const file = join(gitDir, "index");
  const version = readVersion(file);
  if (version === undefined || (version === 2 && !hasSharedIndex(gitDir))) return new Map();
  const data = readFileSync(file);
  const { entries, end } = parseEntries(data, oidBytes);
  const shared = readSharedIndex(data, end, oidBytes);
  if (shared === undefined) return skippedOf(entries);
  const base = parseEntries(readFileSync(join(gitDir, `sharedindex.${shared.id}`)), oidBytes).entries;
  const kept: (IndexEntry | undefined)[] = [...base];
  for (const position of shared.deleted) kept[position] = undefined;
  for (const [index, position] of shared.replaced.entries()) {
    const [old, replacement] = [base[position], entries[index]];
    if (old !== undefined && replacement !== undefined) kept[position] = { ...replacement, name: old.name };
  }
  const added = entries.slice(shared.replaced.length);
  return skippedOf([...kept.filter((entry) => entry !== undefined), ...added]);
}

function hasSharedIndex(gitDir: string): boolean {
  return readdirSync(gitDir).some((name) => name.startsWith("sharedindex."));
}

function skippedOf(entries: readonly IndexEntry[]): Map<string, TreeEntry> {
  return new Map(
    entries.flatMap(({ name, isSkipped, mode, oid }): [string, TreeEntry][] =>
      isSkipped ? [[Buffer.from(name, "latin1").toString("utf8"), { mode, oid }]] : [],
    ),
  );
}

function readVersion(file: string): number | undefined {
  let handle: number;
  try {
    handle = openSync(file, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw unreadableFile(file, error);
  }
  try {
    const header = Buffer.alloc(8);
    return readSync(handle, header) === 8 && header.toString("latin1", 0, 4) === "DIRC"
      ? header.readUInt32BE(4)
      : undefined;
  } finally {
    closeSync(handle);
  }
}

const EXTENDED = 0x4000;
const SKIP_WORKTREE = 0x4000;

interface IndexEntry extends TreeEntry {
  /** Its bytes as Latin-1. */
  readonly name: string;
  /** Whether it has the flag `skip-worktree`. */
  readonly isSkipped: boolean;
}

function parseEntries(data: Buffer, oidBytes: number): { readonly entries: IndexEntry[]; readonly end: number } {
  const version = data.readUInt32BE(4);
  const count = data.readUInt32BE(8);
  const entries: IndexEntry[] = [];
  let name = "";
  let at = 12;
  while (entries.length < count) {
    const start = at;
    const flags = data.readUInt16BE(start + 40 + oidBytes);
    const isExtended = version > 2 && (flags & EXTENDED) !== 0;
    const isSkipped = isExtended && (data.readUInt16BE(start + 42 + oidBytes) & SKIP_WORKTREE) !== 0;
    at = start + 42 + oidBytes + (isExtended ? 2 : 0);
    let kept = 0;
    if (version === 4) {
      const { value, next } = readOffset(data, at);
      kept = name.length - value;
      at = next;
    }
    const end = data.indexOf(0, at);
    name = name.slice(0, kept) + data.toString("latin1", at, end);
    // Below version 4, one to eight zeros pad each entry to a multiple of eight bytes.
    at = version === 4 ? end + 1 : start + ((end - start + 8) & ~7);
    const mode = data.readUInt32BE(start + 24).toString(8);
    entries.push({ name, isSkipped, mode, oid: data.toString("hex", start + 40, start + 40 + oidBytes) });
  }
  return { entries, end: at };
}

/** https://git-scm.com/docs/gitformat-pack#_original_version_1_pack_idx_files_have_the_following_format (offset encoding) */
function readOffset(data: Buffer, start: number): { readonly value: number; readonly next: number } {
  let next = start;
  let byte = data.readUInt8(next++);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = data.readUInt8(next++);
    value = ((value + 1) << 7) + (byte & 0x7f);
  }
  return { value, next };
}
