// `cuecard render <ref>`

import type { HelperFunction } from "@cuecard/build";
import type { LoadedVersion, Registry } from "@cuecard/project";
import { loadCompiler } from "@cuecard/project";
import { exitCode, RequestError } from "../exit.js";
import type { Paint } from "../terminal/paint.js";
import type { CommandContext } from "./command-context.js";
import { type InputOptions, readInput } from "./read-input.js";
import { takeFound } from "./take-found.js";
import { withRegistry } from "./with-registry.js";

export interface RenderOptions extends InputOptions {
  readonly key?: string;
  readonly messages?: boolean;
  readonly json?: boolean;
}

interface Message {
  readonly role: string;
  readonly content: unknown;
}

export async function render(
  context: CommandContext,
  options: RenderOptions,
  args: readonly string[],
): Promise<number> {
  const input = await readInput(context.terminal, options);
  return withRegistry(context, {}, async (registry) => {
    const outcome = await registry.load(args[0] ?? "", { key: options.key });
    const found = await takeFound(context, registry, outcome);
    if (typeof found === "number") return found;
    const loaded = found.value;
    const { name } = loaded.compiled;
    if (loaded.differsFromWorking && loaded.ref === "latest")
      context.terminal.stderr.write(
        `${context.errorPaint.dim(`note: this is v${loaded.compiled.version}; the working file differs: ${name}@working`)}\n`,
      );
    const { instantiate } = await loadCompiler();
    try {
      const prompt = instantiate(loaded.compiled, await helperFunctions(registry, loaded));
      context.terminal.stdout.write(
        print(
          options,
          context.paint,
          () => prompt.format(input),
          () => prompt.messages(input),
        ),
      );
    } catch (error) {
      if ((error as Error).name === "HelperError") throw new RequestError(describeFailure(loaded, error as Error));
      if ((error as Error).name !== "PromptInputError") throw error;
      const names = loaded.compiled.content.variables;
      throw new RequestError(
        (error as Error).message,
        names.length === 0 ? undefined : `its variables are ${names.join(", ")}`,
      );
    }
    return exitCode.clean;
  });
}

/** The module is loaded, and so run, only for a prompt that calls one of its functions. */
async function helperFunctions(
  registry: Registry,
  { compiled, helpers }: LoadedVersion,
): Promise<ReadonlyMap<string, HelperFunction>> {
  if (helpers === undefined || compiled.content.render.helpers.length === 0) return new Map();
  const { loadHelperFunctions } = await import("@cuecard/project");
  return loadHelperFunctions(registry.dir, helpers);
}

function describeFailure({ compiled }: LoadedVersion, { message }: Error): string {
  const version = compiled.version === "working" ? "working" : `v${compiled.version}`;
  return `${compiled.name}@${version} cannot be rendered: ${message}`;
}

function print(
  options: RenderOptions,
  paint: Paint,
  format: () => unknown,
  messages: () => readonly Message[],
): string {
  if (options.messages === true) return `${JSON.stringify(messages(), null, 2)}\n`;
  const formatted = format();
  if (options.json === true) return `${JSON.stringify(formatted, null, 2)}\n`;
  if (typeof formatted === "string") return formatted.endsWith("\n") ? formatted : `${formatted}\n`;
  return messages()
    .map(({ role, content }) => `${paint.cyan(paint.bold(`[${role}]`))}\n${showContent(content)}\n`)
    .join("\n");
}

function showContent(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content, null, 2);
}
