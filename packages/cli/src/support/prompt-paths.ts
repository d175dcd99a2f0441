// Wherever a command takes a prompt, its file's path is accepted as well: `prompts/greet.md`, `./greet.md@v1`.

import { existsSync } from "node:fs";
import path from "node:path";
import { classifyPath, PROMPT_EXTENSION } from "@cuecard/model";
import type { Argument } from "commander";
import { RequestError } from "../exit.js";
import type { CommandContext } from "./command-context.js";
import { pathInProject } from "./project-path.js";
import { valueKind } from "./value-kind.js";

/**
 * Replaces paths by the names of their prompts, in the arguments that name prompts.
 *
 * @param values What commander read for each declared argument.
 * @throws RequestError when a path does not lead to a prompt's file. The file need not exist.
 */
export async function namePrompts(
  context: CommandContext,
  declared: readonly Argument[],
  values: readonly unknown[],
): Promise<readonly unknown[]> {
  const named = values.map(async (value, index) => {
    const kind = valueKind(declared[index]?.name() ?? "");
    if (kind !== "prompt" && kind !== "reference" && kind !== "other") return value;
    return Array.isArray(value)
      ? Promise.all(value.map((one) => namePrompt(context, one)))
      : namePrompt(context, value);
  });
  return Promise.all(named);
}

/** What can follow a path: `@v1`, `@production`, `@v1..v2`. */
const PATH = new RegExp(`^(.+\\${PROMPT_EXTENSION})(@[^/@]+)?$`);

async function namePrompt(context: CommandContext, value: unknown): Promise<unknown> {
  const [, file, ref = ""] = (typeof value === "string" ? PATH.exec(value) : undefined) ?? [];
  if (file === undefined) return value;
  const { readSettings } = await import("@cuecard/project");
  const { prompts } = (await readSettings(context.dir)).config;
  // The name of a prompt may also end in `.md`.
  if (existsSync(path.join(context.dir, prompts, `${file}${PROMPT_EXTENSION}`))) return value;
  const inner = pathInProject(context, file);
  if (inner?.startsWith(`${prompts}/`) !== true)
    throw new RequestError(
      `${file} is not a prompt: it is not in ${prompts}/`,
      "run `cuecard list` to see all prompts",
    );
  const found = classifyPath(inner.slice(prompts.length + 1));
  if (found.kind === "prompt") return found.name + ref;
  if (found.kind === "partial")
    throw new RequestError(
      `${file} is a partial, not a prompt`,
      `run \`cuecard search --partial ${found.name}\` to see the prompts that use it`,
    );
  throw new RequestError(`${file} is not a prompt${found.kind === "invalid" ? `: ${found.problem}` : ""}`);
}
