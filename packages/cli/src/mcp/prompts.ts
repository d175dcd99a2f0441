// The prompts of a project over the protocol: the list, one prompt with its values inserted, and values for its arguments.

import { hasErrors, versionRef } from "@cuecard/model";
import type { LoadedVersion, PromptAt, RenderOutcome } from "@cuecard/project";
import { parseRef } from "@cuecard/project";
import { promptUri } from "@cuecard/runtime";
import type {
  CompleteResult,
  GetPromptResult,
  ListPromptsResult,
  MetaObject,
  Prompt,
} from "@modelcontextprotocol/server";
import { printableLine } from "../terminal/text.js";
import { pageOf } from "./paging.js";
import { describeArguments, readArguments, unknownArgument, valuesOf } from "./prompt-arguments.js";
import { toPromptMessages } from "./prompt-messages.js";
import { invalidParams, projectBroken } from "./refusal.js";
import type { ServedProject } from "./served-project.js";

type CompiledVersion = LoadedVersion["compiled"];

/** How many prompts a page of the list has. */
const PAGE = 100;

/** @throws ProtocolError for an invalid cursor, and if there are no prompts because of errors. */
export async function listPrompts(project: ServedProject, cursor: string | undefined): Promise<ListPromptsResult> {
  await project.ready;
  const { prompts, read } = project;
  if (prompts.length === 0 && hasErrors(read.diagnostics)) throw projectBroken(read.diagnostics);
  const { items, nextCursor } = pageOf(prompts, cursor, PAGE);
  return { prompts: items.map(describe), ...(nextCursor === undefined ? {} : { nextCursor }) };
}

function describe({ name, compiled }: PromptAt): Prompt {
  const { description } = compiled.content;
  return {
    name,
    ...(description === undefined ? {} : { description: printableLine(description) }),
    arguments: describeArguments(compiled.content),
    _meta: { "cuecard/uri": promptUri(name, compiled.version), "cuecard/digest": compiled.digest },
  };
}

/**
 * Renders a prompt, by the same code that services run.
 *
 * @param name As in the list, or with a version or alias: `greet@v3`, `greet@staging`.
 * @throws ProtocolError
 */
export async function getPrompt(
  project: ServedProject,
  name: string,
  given: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<GetPromptResult> {
  const { compiled, reference, ref } = await findVersion(project, name, signal);
  const { content } = compiled;
  const [helper] = content.render.helpers;
  if (helper !== undefined && !project.options.helpers)
    throw invalidParams(
      `${compiled.name} calls the helper "${helper}", which is code of this project`,
      "start the server with --helpers to allow it",
    );
  const read = readArguments(content, given);
  if (read.problems !== undefined) throw invalidParams(`${compiled.name}: ${read.problems.join("; ")}`);
  const outcome = await project.use((registry) => registry.render(reference, read.input), signal);
  const { messages } = unwrap(outcome);
  return {
    ...(content.description === undefined ? {} : { description: printableLine(content.description) }),
    messages: toPromptMessages(messages),
    _meta: metaOf(compiled, ref),
  };
}

function metaOf({ name, version, digest, content }: CompiledVersion, ref: string): MetaObject {
  const { model, config, tools, outputSchema } = content;
  return {
    "cuecard/uri": promptUri(name, version),
    "cuecard/ref": ref,
    "cuecard/digest": digest,
    ...(model === undefined ? {} : { "cuecard/model": model }),
    ...(Object.keys(config).length === 0 ? {} : { "cuecard/config": config }),
    ...(tools.length === 0 ? {} : { "cuecard/tools": tools }),
    ...(outputSchema === undefined ? {} : { "cuecard/outputSchema": outputSchema }),
  };
}

/** @returns What was rendered. */
function unwrap(outcome: RenderOutcome): Extract<RenderOutcome, { readonly kind: "found" }>["value"] {
  if (outcome.kind === "found") return outcome.value;
  if (outcome.kind === "unknown") throw invalidParams(outcome.problem, outcome.hint);
  if (outcome.kind === "refused") throw invalidParams(outcome.problem);
  throw projectBroken(outcome.diagnostics);
}

interface FoundVersion {
  readonly compiled: CompiledVersion;
  /** Leads to exactly this version. */
  readonly reference: string;
  /** The alias that led to it. */
  readonly ref: string;
}

/** Looks at the repository as it is now: the watcher may not know yet of a file that was saved just now. */
async function findVersion(project: ServedProject, name: string, signal?: AbortSignal): Promise<FoundVersion> {
  const { alias, key } = project.options;
  const isPlain = parseRef(name)?.ref === undefined;
  const load = (reference: string) => project.use((registry) => registry.load(reference, { key }), signal);
  let outcome = await load(isPlain && alias !== undefined ? `${name}@${alias}` : name);
  let offered: PromptAt | undefined;
  if (outcome.kind === "unknown" && isPlain) {
    // A weighted alias, for which the list has chosen a version.
    await project.refresh(signal);
    offered = findOffered(project, name);
    if (offered !== undefined) outcome = await load(referenceTo(offered.compiled));
  }
  if (outcome.kind === "unknown") throw invalidParams(outcome.problem, outcome.hint);
  if (outcome.kind === "broken") throw projectBroken(outcome.diagnostics);
  const { compiled, ref } = outcome.value;
  return { compiled, reference: referenceTo(compiled), ref: offered?.ref ?? ref };
}

function findOffered({ prompts }: ServedProject, name: string): PromptAt | undefined {
  return prompts.find((prompt) => prompt.name === name);
}

function referenceTo({ name, version }: CompiledVersion): string {
  return `${name}@${versionRef(version)}`;
}

/** How many values a completion has at most, as the protocol says. */
const VALUES = 100;

/**
 * Values for an argument that has a list of them.
 *
 * @param text What the user has written so far.
 * @throws ProtocolError if the prompt or the argument does not exist.
 */
export async function completeArgument(
  project: ServedProject,
  prompt: string,
  { name, value: text }: { readonly name: string; readonly value: string },
  signal?: AbortSignal,
): Promise<CompleteResult> {
  await project.ready;
  const { content } = (findOffered(project, prompt) ?? (await findVersion(project, prompt, signal))).compiled;
  const known = describeArguments(content).map((argument) => argument.name);
  if (!known.includes(name)) throw invalidParams(unknownArgument(name, known));
  const begun = text.toLowerCase();
  const values = (valuesOf(content, name) ?? []).filter((value) => value.toLowerCase().startsWith(begun));
  return {
    completion: { values: values.slice(0, VALUES), total: values.length, hasMore: values.length > VALUES },
  };
}
