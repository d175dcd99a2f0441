// `cuecard build`

import { existsSync } from "node:fs";
import path from "node:path";
import { aliasNameProblem, UsageError } from "@cuecard/model";
import type { RegistryOptions, Replacement } from "@cuecard/project";
import { InvalidArgumentError } from "commander";
import { exitCode } from "../exit.js";
import { describeBuild, describeLocked } from "../report/describe-build.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { limitHeap } from "../support/limit-heap.js";
import { printDiagnostics } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import { wrap } from "../terminal/text.js";

export const build: DeclareCommand = (program, action) =>
  program
    .command("build")
    .summary("compile the prompts into the typed package")
    .description("Compile the prompts into the typed package, and add new versions to prompts.lock.")
    .option("--frozen", "do not change prompts.lock (default in CI)")
    .option("--no-frozen", "add new versions to prompts.lock even in CI")
    .option("--fetch", "first fetch the commits of locked versions that this clone lacks (shallow clones)")
    .option("-w, --watch", "rebuild when something changes")
    .option("--working", "include the working file of every prompt (default: the setting working)")
    .option("--no-working", "include only the working files that an alias points at")
    .option(
      "--as <alias=version>",
      "build as if the alias pointed there (repeatable): for local runs and evaluations",
      readAs,
    )
    .option("--out <dir>", "folder of the generated package (default: the setting out)")
    .addHelpText("after", examples("cuecard build", "cuecard build --watch", "cuecard build --as production=working"))
    .action(action(run));

interface BuildOptions {
  readonly frozen?: boolean;
  readonly fetch?: boolean;
  readonly watch?: boolean;
  readonly working?: boolean;
  readonly out?: string;
  readonly as?: readonly Replacement[];
}

/** `production=working`, `greet@production=v3`. */
function readAs(text: string, earlier: readonly Replacement[] = []): readonly Replacement[] {
  const [, name, alias = "", written = ""] = /^(?:([^@=]+)@)?([^@=]+)=(working|v?[1-9]\d*)$/.exec(text) ?? [];
  if (aliasNameProblem(alias) !== undefined)
    throw new InvalidArgumentError("Write an alias and a version, such as production=working or greet@production=v3.");
  const target: Replacement["target"] =
    written === "working" ? { kind: "working" } : { kind: "version", version: Number(written.replace("v", "")) };
  return [...earlier, { name, alias, target }];
}

const MANY_VERSIONS = 1000;

async function run(context: CommandContext, options: BuildOptions): Promise<number> {
  const settings = await registryOptions(context, options);
  if (options.fetch === true && context.offline) throw new UsageError("--fetch and --offline cannot be combined");
  if (options.watch === true && options.fetch === true)
    throw new UsageError("--fetch and --watch cannot be combined: run `cuecard build --fetch` first");
  if (options.watch === true)
    return (await import("../watch/watch.js")).watch(context, { ...settings, as: options.as });
  const started = performance.now();
  // Collecting garbage often takes longer, and only a build that reads many versions holds much.
  const onProgress = (done: number, versions: number) => {
    if (done === 1 && versions > MANY_VERSIONS) limitHeap();
  };
  return withProject(context, { ...settings, onProgress }, async (registry) => {
    const { stderr, stdout } = context.terminal;
    const fetched = options.fetch === true ? (await registry.fetchVersions()).diagnostics : [];
    const outcome = await registry.build({ as: options.as });
    await printDiagnostics(registry, [...fetched, ...outcome.diagnostics], {
      stream: stderr,
      paint: context.errorPaint,
    });
    if (outcome.package === undefined) return exitCode.findings;
    const width = (stdout.columns ?? Number.POSITIVE_INFINITY) - 2;
    const say = (mark: string, text: string) => stdout.write(`${mark} ${wrap(text, width, "  ")}\n`);
    say(context.paint.green("✓"), describeBuild(outcome, registry.config, performance.now() - started));
    const locked = describeLocked(outcome);
    if (locked !== undefined) say(" ", locked);
    if (outcome.replaced.length > 0)
      say(" ", "run `cuecard build` without --as before you deploy or publish the package");
    if (!existsSync(path.join(registry.dir, registry.config.out, "package.json")))
      stderr.write(
        `${context.errorPaint.yellow("note:")} ${registry.config.out} has no package.json yet; run \`cuecard init\` to create one\n`,
      );
    return exitCode.clean;
  });
}

async function registryOptions(context: CommandContext, options: BuildOptions): Promise<Omit<RegistryOptions, "dir">> {
  const { cleanFolder, folderProblem } = await import("@cuecard/project");
  const problem = options.out === undefined ? undefined : folderProblem(options.out);
  if (problem !== undefined) throw new UsageError(`--out ${problem}`);
  return {
    frozen: options.frozen ?? context.automated,
    config: {
      ...(options.working === undefined ? {} : { working: options.working }),
      ...(options.out === undefined ? {} : { out: cleanFolder(options.out) }),
    },
  };
}
