// `cuecard register <name> --from <file>`

import { readFile } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "@cuecard/model";
import type { RegisterPlan, Registration } from "@cuecard/registry";
import { formatNextSteps, lockStep } from "../report/next-steps.js";
import { printableLine } from "../terminal/printable.js";
import { wrap } from "../terminal/wrap.js";
import { carryOut, type Look, type PlanOptions } from "./carry-out.js";
import type { CommandContext } from "./command-context.js";
import { readIdentity } from "./read-identity.js";
import { withRegistry } from "./with-registry.js";

export interface RegisterCommandOptions extends PlanOptions {
  readonly from: string;
  readonly message?: string;
  readonly identity?: string;
  readonly sign?: boolean;
}

export async function register(
  context: CommandContext,
  options: RegisterCommandOptions,
  args: readonly string[],
): Promise<number> {
  const { DRAFT_REF } = await import("@cuecard/registry");
  const identity = await readIdentity(options.identity);
  const source = await readText(context, options.from);
  const { message, sign } = options;
  return withRegistry(context, {}, (registry) =>
    carryOut<RegisterPlan, Registration>(context, registry, options, {
      plan: () => registry.planRegister({ name: args[0] ?? "", source, message }),
      // A version may lack its line in prompts.lock still.
      isEmpty: () => false,
      describe,
      apply: (plan) => registry.applyRegister(plan, { identity, sign }),
      report,
      draft: { ref: DRAFT_REF, text: source.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n") },
    }),
  );
}

async function readText({ terminal }: CommandContext, from: string): Promise<string> {
  if (from === "-") return terminal.stdin.readAll();
  try {
    return await readFile(path.resolve(terminal.cwd, from), "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new UsageError(missing ? `there is no file ${from}` : `cannot read ${from}: ${(error as Error).message}`);
  }
}

function describe({ name, file, message, existing, release }: RegisterPlan, { paint, width }: Look): string {
  if (release === undefined)
    return existing === undefined ? "" : `${paint.dim(`${name} is already released as v${existing.version}`)}\n`;
  const lines = [
    `To commit: ${file}`,
    `  ${wrap(printableLine(message), width - 2, "  ")}`,
    `To release: ${paint.bold(release.tag)}`,
  ];
  return `${lines.join("\n")}\n`;
}

function report({ name, version, commit, created }: Registration, { paint, folder }: Look): string {
  const done = paint.green("✓");
  if (!created) return `${done} ${name}@v${version} has this content\n`;
  const next = formatNextSteps([lockStep([`${name}@v${version}`], folder)]);
  return `${done} Registered ${name}@v${version} at ${commit.slice(0, 12)}\n${next}`;
}
