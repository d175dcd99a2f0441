// `cuecard show <ref>`

import type { LoadedVersion } from "@cuecard/project";
import { promptUri } from "@cuecard/runtime";
import { exitCode } from "../exit.js";
import { describeScore, scoreJson } from "../report/format-board.js";
import { writeJson } from "../report/json.js";
import { type DeclareCommand, examples, KEY_HELP, VERSION_REFERENCE } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import type { Paint } from "../terminal/paint.js";
import { proseWidth } from "../terminal/terminal.js";
import { displayWidth, pad, printable, printableLine, wrap } from "../terminal/text.js";

export const show: DeclareCommand = (program, action) =>
  program
    .command("show")
    .summary("show a prompt's variables, template, aliases and notes")
    .description("Show one version of a prompt: variables, template, aliases and notes.")
    .argument("<ref>", VERSION_REFERENCE)
    .option("--key <key>", KEY_HELP)
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard show greet", "cuecard show greet@production"))
    .action(action(run));

interface ShowOptions {
  readonly json?: boolean;
  readonly key?: string;
}

async function run(context: CommandContext, options: ShowOptions, args: readonly string[]): Promise<number> {
  return withProject(context, {}, async (registry) => {
    const outcome = await registry.load(args[0] ?? "", { key: options.key });
    const found = await unwrapOutcome(context, registry, outcome, options);
    if (typeof found === "number") return found;
    const loaded = found.value;
    const { stdout } = context.terminal;
    if (options.json === true) writeJson(stdout, describe(loaded));
    else stdout.write(formatPrompt(loaded, context.paint, proseWidth(stdout)));
    return exitCode.clean;
  });
}

/** What `--json` prints. */
function describe({ compiled, ref, versions, aliases, deleted }: LoadedVersion) {
  const { name, version, commit, digest, notes, retired, scores, content } = compiled;
  const { kind, description, model, config, tags, tools, metadata, template, inputSchema, outputSchema, examples } =
    content;
  return {
    name,
    version,
    ref,
    uri: promptUri(name, version),
    commit: commit === "" ? null : commit,
    digest,
    kind,
    description: description ?? null,
    model: model ?? null,
    config,
    tags,
    tools,
    metadata,
    notes,
    retired: retired ?? null,
    scores: scores.map(scoreJson),
    variables: describeVariables(inputSchema, content.defaults),
    template,
    inputSchema,
    outputSchema: outputSchema ?? null,
    examples,
    versions,
    aliases,
    deleted,
  };
}

function formatPrompt(loaded: LoadedVersion, paint: Paint, width: number): string {
  const { name, version, commit, digest, notes, retired, scores, content } = loaded.compiled;
  const fields: [string, string | undefined][] = [
    ["uri", promptUri(name, version)],
    ["commit", commit === "" ? "the working tree" : commit],
    ["digest", digest],
    ["model", content.model],
    ["config", asJson(content.config)],
    ["tags", asJson(content.tags)],
    ["metadata", asJson(content.metadata)],
    ["versions", loaded.versions.map((number) => `v${number}`).join(", ") || "none yet"],
    [
      "aliases",
      Object.entries(loaded.aliases)
        .map(([alias, target]) => `${alias} → ${target}`)
        .join(", ") || "none",
    ],
    ["scores", scores.map(describeScore).join(", ") || undefined],
  ];
  const label = version === "working" ? "working" : `v${version}`;
  const lines = [paint.bold(`${name}@${label}`) + paint.dim(`  ${content.kind} prompt`)];
  if (content.description !== undefined) lines.push(wrap(printableLine(content.description), width));
  if (retired !== undefined) lines.push(paint.yellow(wrap(`Retired: ${printableLine(retired)}`, width)));
  if (loaded.deleted) lines.push(paint.yellow("The file was deleted, so there will be no new versions"));
  lines.push("");
  for (const [field, value] of fields)
    if (value !== undefined)
      lines.push(`${paint.dim(field.padEnd(9))} ${wrap(printableLine(value), width - 10, " ".repeat(10))}`);
  lines.push(
    "",
    paint.bold("Variables"),
    ...formatVariables(describeVariables(content.inputSchema, content.defaults), paint, width),
  );
  lines.push("", paint.bold("Template"), indented(content.template, paint));
  if (notes.trim() !== "") lines.push("", paint.bold("Notes"), indented(notes.trimEnd(), paint));
  return `${lines.join("\n")}\n`;
}

function formatVariables(variables: readonly DescribedVariable[], paint: Paint, width: number): string[] {
  if (variables.length === 0) return ["  none"];
  const shown = variables.map(({ name, type, ...rest }) => ({
    ...rest,
    name: printableLine(name),
    type: printableLine(type),
  }));
  const names = Math.max(...shown.map(({ name }) => displayWidth(name)));
  const types = Math.min(32, Math.max(...shown.map(({ type }) => displayWidth(type))));
  return shown.map(({ name, type, required, default: preset, description }) => {
    const facts = [
      ...(required ? [] : [preset === undefined ? "optional" : `default ${JSON.stringify(preset)}`]),
      ...(description === undefined ? [] : [description]),
    ];
    const head = `  ${pad(name, names)}  ${pad(type, types)}  `;
    const facing = printableLine(facts.join("; "));
    const room = width - displayWidth(head);
    if (room < 24 && facing !== "")
      return `${head.trimEnd()}\n      ${paint.dim(wrap(facing, width - 6, " ".repeat(6)))}`;
    return `${head}${paint.dim(wrap(facing, room, " ".repeat(displayWidth(head))))}`.trimEnd();
  });
}

function indented(text: string, paint: Paint): string {
  return printable(text)
    .replace(/^/gm, `  ${paint.dim("│")} `)
    .replace(/[ ]+$/gm, "");
}

function asJson(value: object): string | undefined {
  return Object.keys(value).length === 0 ? undefined : JSON.stringify(value);
}

/** A variable of an input's JSON Schema, in the few words that a table has room for. */
interface DescribedVariable {
  readonly name: string;
  /** `string`, `string[]`, `"a" | "b"`, `{ a, b }` … */
  readonly type: string;
  readonly required: boolean;
  readonly default: unknown;
  readonly description: string | undefined;
}

type Schema = Readonly<Record<string, unknown>>;

/**
 * @param defaults What the prompt takes for variables that a caller leaves out. JSON Schema's own `default` is only a
 * note: nothing applies it.
 */
function describeVariables(inputSchema: object, defaults: Readonly<Record<string, unknown>>): DescribedVariable[] {
  const schema = inputSchema as Schema;
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  return Object.entries(asSchema(schema["properties"])).map(([name, value]) => {
    const variable = asSchema(value);
    const description = variable["description"];
    return {
      name,
      type: describeType(variable),
      required: required.has(name) && !Object.hasOwn(defaults, name),
      default: Object.hasOwn(defaults, name) ? defaults[name] : undefined,
      description: typeof description === "string" ? description : undefined,
    };
  });
}

function describeType(schema: Schema): string {
  const { type, enum: choices, const: only, anyOf, oneOf } = schema;
  if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  const union = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined;
  if (union !== undefined) return union.map((member) => describeType(asSchema(member))).join(" | ");
  if (Array.isArray(type)) return type.map((member) => describeType({ ...schema, type: member })).join(" | ");
  if (type === "array") {
    const items = describeType(asSchema(schema["items"]));
    return items.includes(" ") ? `(${items})[]` : `${items}[]`;
  }
  if (type === "object") {
    const names = Object.keys(asSchema(schema["properties"]));
    return names.length === 0 ? "object" : `{ ${names.join(", ")} }`;
  }
  return typeof type === "string" ? type : "any";
}

function asSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null ? (value as Schema) : {};
}
