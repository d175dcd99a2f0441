// `cuecard register <name> --from <file>`

import type { RegisterPlan, Registration } from "@cuecard/project";
import { formatNextSteps, lockStep } from "../report/next-steps.js";
import { type DeclareCommand, examples, withPlanOptions } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { readIdentity, readText } from "../support/read-input.js";
import { type OutputStyle, type PlanOptions, runPlan } from "../support/run-plan.js";
import { withProject } from "../support/with-project.js";
import { printableLine, wrap } from "../terminal/text.js";

export const register: DeclareCommand = (program, action) =>
  withPlanOptions(
    program
      .command("register")
      .summary("commit and release a prompt from a file or standard input")
      .description(
        "Write a prompt's file, commit only that file, and release it. If the content is already released, even as an older version, no new version is created, unless that version is retired.",
      )
      .argument("<name>", "prompt name, such as finance/forecast")
      .requiredOption("--from <file>", "file with the prompt's text and front matter (- for standard input)")
      .option("-m, --message <text>", 'commit message and version notes (default: "Register <name>")')
      .option("--sign", "sign the tag with git's signing settings")
      .option("--identity <person>", 'author of the commit and tag, as "Name <mail>", if git has no identity'),
    false,
  )
    .addHelpText("after", examples("cuecard register finance/forecast --from forecast.md -m 'Shorter answers'"))
    .action(action(run));

interface RegisterCommandOptions extends PlanOptions {
  readonly from: string;
  readonly message?: string;
  readonly identity?: string;
  readonly sign?: boolean;
}

async function run(context: CommandContext, options: RegisterCommandOptions, args: readonly string[]): Promise<number> {
  const identity = await readIdentity(options.identity);
  const source = await readText(context.terminal, options.from);
  const { message, sign } = options;
  const prompt = { name: args[0] ?? "", source, message };
  return withProject(context, {}, (registry) =>
    runPlan<RegisterPlan, Registration>(context, registry, options, {
      plan: () => registry.planRegister(prompt),
      // An existing version may still be missing from prompts.lock.
      isEmpty: () => false,
      describe,
      apply: (plan) => registry.applyRegister(plan, { identity, sign }),
      once: (onPlan) => registry.register(prompt, { identity, sign, onPlan }),
      report,
      draft: source.replaceAll("\r\n", "\n"),
    }),
  );
}

function describe({ name, file, message, existing, release }: RegisterPlan, { paint, width }: OutputStyle): string {
  if (release === undefined)
    return existing === undefined ? "" : `${paint.dim(`${name} is already released as v${existing.version}`)}\n`;
  const lines = [
    `To commit: ${file}`,
    `  ${wrap(printableLine(message), width - 2, "  ")}`,
    `To release: ${paint.bold(release.tag)}`,
  ];
  return `${lines.join("\n")}\n`;
}

function report({ name, version, commit, created, locked }: Registration, { paint, folder }: OutputStyle): string {
  const done = paint.green("✓");
  const next = locked ? formatNextSteps([lockStep([`${name}@v${version}`], folder)]) : "";
  if (!created) return `${done} ${name}@v${version} already has this content\n${next}`;
  return `${done} Registered ${name}@v${version} at ${commit.slice(0, 12)}\n${next}`;
}
