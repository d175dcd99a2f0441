// One version of a prompt for people and as JSON: variables, template, aliases and notes.

import type { LoadedVersion } from "@cuecard/project";
import { promptUri } from "@cuecard/runtime";
import type { Paint } from "../terminal/paint.js";
import { displayWidth, pad, printable, printableLine, wrap } from "../terminal/text.js";
import { type DescribedVariable, describeVariables } from "./describe-variables.js";
import { describeScore, scoreJson } from "./format-board.js";

/** What `cuecard show --json` prints. */
export function promptJson({ compiled, ref, versions, aliases, deleted }: LoadedVersion) {
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

/** What `cuecard show` prints. */
export function formatPrompt(loaded: LoadedVersion, paint: Paint, width: number): string {
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
  return shown.map(({ name, type, required, default: preset, description, marks = [] }) => {
    const facts = [
      ...marks,
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
