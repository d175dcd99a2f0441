// `cuecard render <ref>`

import type { LoadedVersion, Rendered, RenderRefused } from "@cuecard/project";
import { nearest } from "@cuecard/runtime";
import { InvalidArgumentError } from "commander";
import { exitCode, RequestError } from "../exit.js";
import { toJson } from "../report/json.js";
import { type DeclareCommand, examples, KEY_HELP, VERSION_REFERENCE } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { jsonInstead } from "../support/json-values.js";
import { unwrapOutcome } from "../support/print-diagnostics.js";
import { type InputOptions, readInput, splitAssignment } from "../support/read-input.js";
import { withProject } from "../support/with-project.js";
import { printable } from "../terminal/text.js";

export const render: DeclareCommand = (program, action) =>
  program
    .command("render")
    .summary("render a prompt with values")
    .description("Render one version of a prompt with the same code as the generated package.")
    .argument("<ref>", VERSION_REFERENCE)
    .option("--var <name=value>", "set a variable; name:=value takes JSON (repeatable)", collectAssignments, [])
    .option("--input <file>", "JSON file with the variables (- for standard input)")
    .option("--key <key>", KEY_HELP)
    .option("--messages", "print the messages as a JSON array")
    .option("--json", "print the result of the prompt's format() as JSON")
    .addHelpText(
      "after",
      examples("cuecard render greet --var name=Ada", "cuecard render greet@production --var 'languages:=[\"en\"]'"),
    )
    .action(action(run));

function collectAssignments(text: string, earlier: readonly string[]): readonly string[] {
  if (!/^[^=]+=/.test(text)) throw new InvalidArgumentError("Write name=value, or name:=value for JSON.");
  return [...earlier, text];
}

interface RenderOptions extends InputOptions {
  readonly key?: string;
  readonly messages?: boolean;
  readonly json?: boolean;
}

async function run(context: CommandContext, options: RenderOptions, args: readonly string[]): Promise<number> {
  const input = await readInput(context.terminal, options);
  return withProject(context, {}, async (registry) => {
    const outcome = await registry.render(args[0] ?? "", input, { key: options.key });
    if (outcome.kind === "refused") {
      noteNewerFile(context, outcome.version);
      throw refusal(outcome, options);
    }
    const found = await unwrapOutcome(context, registry, outcome, options);
    if (typeof found === "number") return found;
    noteNewerFile(context, found.value.version);
    refuseUnknown(found.value.version, options.var);
    context.terminal.stdout.write(print(options, context, found.value));
    noteAltered(context, options);
    return exitCode.clean;
  });
}

/** Reports that the text was escaped for a CI log. JSON needs no note, because its escapes mean the same data. */
function noteAltered({ terminal, errorPaint }: CommandContext, { json, messages }: RenderOptions): void {
  if (terminal.stdout.isAltered !== true || json === true || messages === true) return;
  const note =
    "note: the text has a command that this CI service would obey, so one of its characters is written as an escape";
  terminal.stderr.write(
    `${errorPaint.dim(`${note}; write the output to a file, or use --json, to get the exact text`)}\n`,
  );
}

function noteNewerFile({ terminal, errorPaint }: CommandContext, version: LoadedVersion): void {
  const { compiled, differsFromWorking, ref } = version;
  if (!differsFromWorking || ref !== "latest") return;
  const note = `note: this is v${compiled.version}; the working file differs (${compiled.name}@working)`;
  terminal.stderr.write(`${errorPaint.dim(note)}\n`);
}

/** @throws RequestError when `--var` names a variable that the version does not have: its value would be nowhere. */
function refuseUnknown({ compiled }: LoadedVersion, assignments: readonly string[]): void {
  const { variables, usesInput, inputSchema, template } = compiled.content;
  const { additionalProperties = false, patternProperties } = inputSchema;
  if (usesInput === true || additionalProperties !== false || patternProperties !== undefined) return;
  const names = assignments.map((assignment) => splitAssignment(assignment).name);
  const unknown = names.find((name) => !variables.includes(name));
  if (unknown === undefined) return;
  const ref = compiled.version === "working" ? "working" : `v${compiled.version}`;
  const near = nearest(unknown, variables);
  const hint = template.includes(`{${unknown}}`)
    ? `in the template, write {{${unknown}}} with two braces on each side`
    : near !== undefined
      ? `did you mean "${near}"?`
      : listVariables(variables);
  throw new RequestError(`${compiled.name}@${ref} has no variable "${unknown}"`, hint);
}

function listVariables(variables: readonly string[]): string | undefined {
  return variables.length === 0 ? undefined : `the prompt's variables are ${variables.join(", ")}`;
}

function refusal({ version, cause, problem }: RenderRefused, options: InputOptions): RequestError {
  const { name, version: number, content } = version.compiled;
  const ref = number === "working" ? "working" : `v${number}`;
  if (cause === "helpers") return new RequestError(`${name}@${ref} cannot be rendered: ${problem}`);
  const instead = jsonInstead(options.var, content.inputSchema);
  if (instead.length > 0) return new RequestError(problem, `write := before a JSON value: ${instead.join(" ")}`);
  return new RequestError(problem, listVariables(content.variables));
}

/** On a terminal, invisible characters are made visible. Piped output is the exact text. */
function print(options: RenderOptions, { paint, terminal }: CommandContext, { messages, formatted }: Rendered): string {
  const show = terminal.stdout.interactive ? printable : (text: string) => text;
  if (options.messages === true) return `${toJson(messages)}\n`;
  if (options.json === true) {
    if (formatted === undefined)
      throw new RequestError("a system message contains media, which this output cannot show", "use --messages");
    return `${toJson(formatted)}\n`;
  }
  if (typeof formatted === "string") return show(formatted.endsWith("\n") ? formatted : `${formatted}\n`);
  return messages
    .map(({ role, content }) => `${paint.cyan(paint.bold(`[${role}]`))}\n${show(showContent(content))}\n`)
    .join("\n");
}

function showContent(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content, null, 2);
}
