// `cuecard init`

import path from "node:path";
import { ALIASES_FILE, hasErrors, tagPrefixProblem } from "@cuecard/model";
import { exitCode } from "../exit.js";
import { chooseTagPrefix, isFree } from "../init/choose-tag-prefix.js";
import type { Facts } from "../init/facts.js";
import type { Choices, InitPlan } from "../init/init-plan.js";
import { formatText } from "../report/format-text.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { wrap } from "../terminal/text.js";

export const init: DeclareCommand = (program, action) =>
  program
    .command("init")
    .summary("set up Cuecard in this folder")
    .description(
      "Set up Cuecard in this folder: a first prompt, aliases.json, settings, the generated package, GitHub workflows that check pull requests and, if the remote is on GitHub, release after a merge, and a skill for coding agents. Existing files are kept; some, such as package.json, get additions.",
    )
    .option("-y, --yes", "use the defaults without asking")
    .option("--pages", "add a GitHub workflow that publishes the catalog of prompts with GitHub Pages")
    .option("--dry-run", "print the plan without changing anything")
    .addHelpText("after", examples("cuecard init", "cuecard init --yes", "cuecard init --pages"))
    .action(action(run, false));

interface InitOptions {
  readonly yes?: boolean;
  readonly pages?: boolean;
  readonly dryRun?: boolean;
}

async function run(context: CommandContext, options: InitOptions): Promise<number> {
  const { terminal, paint } = context;
  const { readConfig, readSettings } = await import("@cuecard/project");
  const { dir } = await readSettings(context.dir);
  const { config, diagnostics } = await readConfig(dir);
  if (hasErrors(diagnostics)) {
    terminal.stderr.write(formatText(diagnostics, { paint: context.errorPaint, width: terminal.stderr.columns }));
    return exitCode.findings;
  }
  const { readFacts } = await import("../init/facts.js");
  const facts = await readFacts(dir, config);
  const asks = options.yes !== true && terminal.stdin.interactive && terminal.stdout.interactive;
  const { planInit } = await import("../init/plan-init.js");
  const { defaultPackageName, existingPackageName } = await import("../init/package-name.js");
  const folder = path.basename(facts.gitRoot ?? facts.dir);
  const tagPrefix = config.tagPrefix === "" ? chooseTagPrefix(facts) : config.tagPrefix;
  const proposed = defaultPackageName(facts.texts.get("package.json"), folder);
  const packageName = existingPackageName(facts) ?? unlessTaken(proposed, facts, tagPrefix);
  const preset: Choices = {
    packageName,
    workflow: true,
    releases: facts.github !== undefined,
    pages: options.pages === true,
    skill: true,
    services: [],
    tagPrefix,
  };
  const choices = asks && !isSetUp(facts) ? await ask(preset, facts) : preset;
  if (choices === undefined) return exitCode.interrupted;
  const plan = planInit(facts, choices);
  terminal.stdout.write(describePlan(plan, context, options.dryRun === true));
  if (options.dryRun === true) return exitCode.clean;
  const { applyInit } = await import("../init/apply-init.js");
  await applyInit(dir, plan);
  const { describeNext } = await import("../init/describe-next.js");
  terminal.stdout.write(`\n${describeNext(facts, choices, { paint, columns: terminal.stdout.columns })}\n`);
  if (facts.packageManager === "yarn-pnp") terminal.stdout.write(`\n${paint.dim(PNP_NOTE)}\n`);
  return exitCode.clean;
}

const PNP_NOTE =
  "Yarn Plug'n'Play keeps packages in archives, where editors find no JSON Schemas. The files that were written have no $schema line for this reason.";

function isSetUp({ texts, config }: Facts): boolean {
  return texts.has(`${config.out}/package.json`) && texts.has(ALIASES_FILE);
}

/** Two projects of a workspace need packages of different names: `@acme/prompts` and `@acme/bot-prompts`. */
function unlessTaken(name: string, { takenNames }: Facts, tagPrefix: string): string {
  if (!takenNames.has(name)) return name;
  return name.replace(/prompts$/, `${tagPrefix.replaceAll("/", "-")}prompts`);
}

/** @returns `undefined` after Ctrl-C. */
async function ask(preset: Choices, facts: Facts): Promise<Choices | undefined> {
  const { cancel, confirm, isCancel, multiselect, text } = await import("@clack/prompts");
  const { packageNameProblem } = await import("../init/package-name.js");
  const { unlinkedServices } = await import("../init/plan-manifests.js");
  const stop = (): undefined => void cancel("Nothing was written.");
  const packageName = await text({
    message: "Name of the generated package (services import it by this name)",
    initialValue: preset.packageName,
    validate: (value) => packageNameProblem(value ?? ""),
  });
  if (isCancel(packageName)) return stop();
  const tagPrefix =
    facts.others.length === 0
      ? preset.tagPrefix
      : await text({
          message: "This repository has other projects. What do the git tags of this project's versions begin with?",
          initialValue: preset.tagPrefix,
          validate: (value) => prefixProblem(value ?? "", facts),
        });
  if (isCancel(tagPrefix)) return stop();
  const workflow = await confirm({
    message: "Add a GitHub workflow that checks pull requests?",
    initialValue: preset.workflow,
  });
  if (isCancel(workflow)) return stop();
  const releases =
    facts.github === undefined
      ? preset.releases
      : await confirm({
          message:
            "Add a GitHub workflow that releases prompts after a merge, and prepares a pull request that promotes them?",
          initialValue: preset.releases,
        });
  if (isCancel(releases)) return stop();
  const pages =
    facts.github === undefined || preset.pages
      ? preset.pages
      : await confirm({
          message: "Add a GitHub workflow that publishes a site of your prompts with GitHub Pages?",
          initialValue: false,
        });
  if (isCancel(pages)) return stop();
  const skill = await confirm({
    message: "Add a skill that shows coding agents how to work with prompts?",
    initialValue: preset.skill,
  });
  if (isCancel(skill)) return stop();
  const candidates = unlinkedServices(facts, packageName);
  const services =
    candidates.length === 0
      ? []
      : await multiselect({
          message: "Which packages import the prompts? (They get the generated package as a dependency.)",
          options: candidates.map((folder) => ({ value: folder })),
          required: false,
        });
  if (isCancel(services)) return stop();
  return { packageName, tagPrefix, workflow, releases, pages, skill, services };
}

function prefixProblem(prefix: string, { others }: Facts): string | undefined {
  const problem = tagPrefixProblem(prefix);
  if (problem !== undefined) return `Write a prefix such as bot/: ${problem}`;
  return isFree(prefix, others) ? undefined : "Another project in this repository has tags that begin with it";
}

const verbs = { create: "create", change: "change", keep: "keep", manual: "edit" } as const;

function describePlan(plan: InitPlan, { paint, terminal }: CommandContext, dryRun: boolean): string {
  const width = Math.min(terminal.stdout.columns ?? 100, 100);
  const paints = { create: paint.green, change: paint.yellow, keep: paint.dim, manual: paint.red };
  const lines = plan.steps.map((step) => {
    const head = `  ${paints[step.kind](verbs[step.kind].padEnd(7))} ${step.file}`;
    if (step.about === undefined) return head;
    const room = width - 12 - step.file.length;
    return room >= step.about.length
      ? `${head}  ${paint.dim(step.about)}`
      : `${head}\n          ${paint.dim(wrap(step.about, width - 10, " ".repeat(10)))}`;
  });
  if (plan.createsRepository)
    lines.unshift(`  ${paint.green("create ")} .git  ${paint.dim("git repository (versions are tags)")}`);
  const changes = plan.createsRepository || plan.steps.some(({ kind }) => kind === "create" || kind === "change");
  if (dryRun) lines.unshift("Plan (nothing is written):");
  else if (!changes) lines.unshift("Cuecard is already set up here; nothing to change.");
  return `${lines.join("\n")}\n`;
}
