// Saves an edited text to its file, if the file is still what the editor has seen.

import { accessSync, constants, existsSync, mkdirSync, rmdirSync, statSync } from "node:fs";
import path from "node:path";
import type { Saved, SaveRequest } from "@cuecard/catalog";
import { type Diagnostic, diagnose, hasErrors, writeFailure } from "@cuecard/model";
import { type Applied, BLOB_LIMIT, createFile, digestFile, replaceFile, sweepBeside } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { type FileState, readState } from "./read-source.js";

type Outcome = Applied<Saved>;

export async function saveEdit(project: Project, { file, text, digest }: SaveRequest): Promise<Outcome> {
  if (hasErrors(project.diagnostics)) return refused(...project.diagnostics);
  const now = readState(project, file);
  if ("code" in now) return refused(now);
  const { asWritten } = await project.compiler();
  const exact = asWritten(text, now.exact);
  const wrong = findProblem(project.dir, now, exact);
  if (wrong !== undefined) return refused(wrong);
  const saved = { result: { saved: true, digest: digestFile(exact) } as const, diagnostics: [] };
  // The same text saved twice, or by two editors, is not a conflict: nothing would be lost.
  if (now.exact === exact) {
    sweepBeside(path.join(project.dir, file));
    return saved;
  }
  if (now.source.digest !== digest) return conflict(now);
  try {
    if (await write(project, now, exact)) return saved;
  } catch (error) {
    return refused(writeFailure(error, file, file));
  }
  const since = readState(project, file);
  return "code" in since ? refused(since) : conflict(since);
}

function findProblem(dir: string, { source, exact }: FileState, text: string): Diagnostic | undefined {
  const { file } = source;
  if (/\p{Surrogate}/u.test(text)) {
    const problem = "it contains half of a surrogate pair, which UTF-8 cannot hold";
    return diagnose("edit/invalid-text", { problem }, { file });
  }
  if (text.includes("\0")) return diagnose("edit/invalid-text", { problem: "it contains a NUL character" }, { file });
  const bytes = Buffer.byteLength(text);
  if (bytes > BLOB_LIMIT) return diagnose("prompt/too-large", { bytes, limit: BLOB_LIMIT }, { file });
  if (exact === undefined || isWritable(path.join(dir, file))) return undefined;
  const instead = `allow writing to it: chmod u+w ${file}`;
  return diagnose("edit/not-editable", { path: file, problem: "it is read-only", instead }, { file });
}

/** A rename would replace a read-only file as well. */
function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return (statSync(place).mode & 0o222) !== 0;
  } catch {
    return false;
  }
}

/** @returns Whether the text was written: not if the file has changed since it was read. */
async function write(project: Project, { source, exact }: FileState, text: string): Promise<boolean> {
  const { file, digest } = source;
  const place = path.join(project.dir, file);
  const isStill = () => {
    const state = readState(project, file);
    return !("code" in state) && state.source.digest === digest;
  };
  if (exact !== undefined) return replaceFile(place, text, isStill);
  const made = mkdirSync(path.dirname(place), { recursive: true });
  try {
    return await createFile(place, text);
  } catch (error) {
    if (made !== undefined) removeEmpty(path.dirname(place), made);
    throw error;
  }
}

/** Removes folders that were made for a file that could not be written. */
function removeEmpty(folder: string, first: string): void {
  for (let one = folder; one.length >= first.length && existsSync(one); one = path.dirname(one)) {
    try {
      rmdirSync(one);
    } catch {
      return; // something else is in it
    }
  }
}

function conflict({ source }: FileState): Outcome {
  return { result: { saved: false, conflict: source }, diagnostics: [] };
}

function refused(...diagnostics: readonly Diagnostic[]): Outcome {
  return { result: undefined, diagnostics };
}
