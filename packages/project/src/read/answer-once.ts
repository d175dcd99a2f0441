// Answers a question about all prompts from the cache, as long as nothing that the answer depends on has changed. No prompt is then
// parsed, and no version looked at.

import { existsSync } from "node:fs";
import path from "node:path";
import { type Diagnostic, hasErrors } from "@cuecard/model";
import { Answers } from "../cache/answers.js";
import { hash } from "../cache/hash.js";
import { NO_TEXTS, type Project } from "./project.js";

/** A question, with what an earlier command answered. */
export interface Asked<T> {
  readonly known: T | undefined;
  /**
   * Keeps the answer, once the project has been read, for as long as it is the same.
   *
   * @param found What is wrong with the project. Default: what reading all of it reports.
   */
  keep(answer: T, found?: readonly Diagnostic[]): Promise<void>;
}

/** A question whose answer is not kept. */
export const NEVER_ASKED: Asked<never> = { known: undefined, keep: async () => {} };

/**
 * Looks for the answer of an earlier command.
 *
 * @typeParam T Something that JSON can hold. It must depend on nothing but settings, helpers and what {@link Project.snapshot} reads.
 * @param question A part of a file's name.
 */
export async function ask<T>(project: Project, question: string): Promise<Asked<T>> {
  const state = await stateOf(project);
  if (state === undefined) return NEVER_ASKED;
  const answers = new Answers<T>(project.cache.folder, question);
  return {
    known: answers.get(state.whole),
    async keep(answer, found) {
      const diagnostics = found ?? (await project.snapshot({ texts: NO_TEXTS })).diagnostics;
      if (!hasErrors(diagnostics) && project.cache.isKept(state.reading)) await answers.save(state.whole, answer);
    },
  };
}

/** Returns the answer of an earlier command, or finds it; see {@link ask}. */
export async function answerOnce<T>(project: Project, question: string, find: () => Promise<T>): Promise<T> {
  const { known, keep } = await ask<T>(project, question);
  if (known !== undefined) return known;
  const answer = await find();
  await keep(answer);
  return answer;
}

/** What identifies the reading, and together with settings and helpers everything. */
interface ProjectState {
  readonly reading: string;
  readonly whole: string;
}

/** `undefined` if the same files and refs may lead to another answer. */
async function stateOf(project: Project): Promise<ProjectState | undefined> {
  const { dir, config, diagnostics, isPart, cache } = project;
  if (isPart || cache.folder === undefined) return undefined;
  const inputs = await (await project.view()).inputs();
  if (inputs === undefined) return undefined;
  const reading = inputs.state();
  const { helpers, ...found } = await project.helpers();
  const own = helpers && { ...helpers, files: [...helpers.files] };
  // A prompts folder that does not exist may be a mistake, unlike an empty one.
  const exists = existsSync(path.join(dir, config.prompts));
  return { reading, whole: hash(JSON.stringify([reading, config, diagnostics, exists, own, found])) };
}
