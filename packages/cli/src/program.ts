// The command line: the list of all commands, and the options and help that they share.

import { UsageError } from "@cuecard/model";
import type { Command } from "commander";
import { alias } from "./commands/alias.js";
import { blame } from "./commands/blame.js";
import { build } from "./commands/build.js";
import { catalog } from "./commands/catalog.js";
import { check } from "./commands/check.js";
import { complete } from "./commands/complete.js";
import { completion } from "./commands/completion.js";
import { dev } from "./commands/dev.js";
import { diff } from "./commands/diff.js";
import { exportCommand } from "./commands/export.js";
import { help } from "./commands/help.js";
import { history } from "./commands/history.js";
import { init } from "./commands/init.js";
import { list } from "./commands/list.js";
import { lock } from "./commands/lock.js";
import { mcp } from "./commands/mcp.js";
import { pointers } from "./commands/pointers.js";
import { promote } from "./commands/promote.js";
import { register } from "./commands/register.js";
import { release } from "./commands/release.js";
import { render } from "./commands/render.js";
import { replay } from "./commands/replay.js";
import { retire } from "./commands/retire.js";
import { review } from "./commands/review.js";
import { rollback } from "./commands/rollback.js";
import { score } from "./commands/score.js";
import { scores } from "./commands/scores.js";
import { search } from "./commands/search.js";
import { show } from "./commands/show.js";
import { test } from "./commands/test.js";
import { usages } from "./commands/usages.js";
import { version } from "./commands/version.js";
import { packageHomepage, packageVersion } from "./package.js";
import { type ActionMaker, type DeclareCommand, helpFooter, helpLayout, type Run } from "./support/command.js";
import { commandContext, type GlobalOptions } from "./support/command-context.js";
import { namePrompts } from "./support/prompt-paths.js";
import { SuggestingCommand } from "./support/suggesting-command.js";
import type { Terminal } from "./terminal/terminal.js";

/** All commands, by the heading that help shows them under. */
const commands: Readonly<Record<string, readonly DeclareCommand[]>> = {
  "Build:": [init, check, test, build, lock],
  "Inspect:": [
    list,
    show,
    render,
    history,
    diff,
    review,
    replay,
    search,
    blame,
    usages,
    scores,
    catalog,
    dev,
    exportCommand,
    mcp,
  ],
  "Change:": [release, register, alias, promote, rollback, pointers, retire, score],
  "Help:": [help, completion, complete, version],
};

/** @param done Receives the exit code of the command that ran. */
export function createProgram(terminal: Terminal, done: (exitCode: number) => void): Command {
  const program = new SuggestingCommand("cuecard")
    .description("Prompts as code: versioned by git, compiled to a typed package")
    .version(packageVersion(), "-V, --version", "print the version")
    .option("--cwd <dir>", "run as if started in this folder")
    .option("--offline", "use no network: fetch nothing, even if a partial clone left it out")
    .option("--no-color", "print without colors (or set NO_COLOR=1)")
    .helpOption("-h, --help", "print help")
    .helpCommand(false) // commands/help.ts
    .addHelpText("after", helpFooter(packageHomepage()))
    .exitOverride()
    .configureHelp(helpLayout)
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => terminal.stdout.columns ?? 80,
      getErrHelpWidth: () => terminal.stderr.columns ?? 80,
    });

  const action: ActionMaker =
    <O>(run: Run<O>, searchParents = true) =>
    async (...given) => {
      const command = given.at(-1) as Command; // commander passes arguments, options and the command, in this order
      refuseTwoFormats(command);
      const context = await commandContext(terminal, command.optsWithGlobals<GlobalOptions>(), searchParents);
      const values = await namePrompts(context, command.registeredArguments, given.slice(0, -2));
      const args = values.flat().filter((value): value is string => typeof value === "string");
      done(await run(context, command.opts() as O, args)); // O is what the command declares, option by option
    };

  for (const [heading, declarations] of Object.entries(commands))
    for (const declare of declarations) declare(program, action).helpGroup(heading);
  pointToHelp(program);
  return program;
}

/** Wherever `--json` is short for `--format json`, another format contradicts it. */
function refuseTwoFormats(command: Command): void {
  const { json, format } = command.opts<{ readonly json?: boolean; readonly format?: string }>();
  if (json !== true || format === undefined || format === "json") return;
  if (command.getOptionValueSource("format") !== "cli") return;
  throw new UsageError(`--json is the same as --format json: use either it or --format ${format}`);
}

/** After a mistake, each command names its own help. */
function pointToHelp(command: Command, parents = ""): void {
  const line = `${parents}${command.name()}`;
  command.showHelpAfterError(`Run \`${line} --help\` for usage.`);
  for (const child of command.commands) pointToHelp(child, `${line} `);
}
