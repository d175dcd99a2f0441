// A prompt's versions and how its aliases moved, for people and as JSON.

import { describeTarget, formatShare, type StoredTarget } from "@cuecard/model";
import type { History, HistoryMove, HistoryVersion, Signature } from "@cuecard/project";
import type { Paint } from "../terminal/paint.js";
import { type OutputStream, proseWidth } from "../terminal/terminal.js";
import { printableLine, wrap } from "../terminal/text.js";
import { describeScore, scoreJson } from "./format-board.js";
import { undefinedToNull } from "./json.js";
import { formatRows } from "./table.js";

/** A history with the moves of one alias; `undefined` means all. */
export function onlyAlias(all: History, alias: string | undefined): History {
  return alias === undefined ? all : { ...all, moves: all.moves.filter((move) => move.alias === alias) };
}

/** What `cuecard history --json` prints. */
export function historyJson({ versions, moves, ...all }: History): unknown {
  return undefinedToNull({
    ...all,
    versions: versions.map(({ scores, ...version }) => ({ ...version, scores: scores.map(scoreJson) })),
    moves: moves.map(({ from, to, ...move }) => ({
      ...move,
      from: from && describeTarget(from),
      to: to && describeTarget(to),
    })),
  });
}

/** What `cuecard history` prints. */
export function formatHistory(all: History, paint: Paint, stream: OutputStream): string {
  const lines: string[] = [];
  const { removed, renamedTo } = all;
  if (renamedTo !== undefined) lines.push(paint.yellow(`Renamed to ${renamedTo}`), "");
  if (removed !== undefined) {
    const { commit, by } = removed;
    lines.push(paint.yellow(`Deleted on ${day(by.date)} by ${person(by)} in ${commit.slice(0, 10)}`), "");
  }
  const width = proseWidth(stream);
  for (const version of all.versions) lines.push(...formatVersion(version, paint, width), "");
  if (all.versions.length === 0) lines.push(`${all.name} has no versions yet`, "");
  if (all.moves.length > 0)
    lines.push(
      paint.bold("Alias moves"),
      formatRows(["DATE", "ALIAS", "MOVE", "BY", "COMMIT"], all.moves.map(moveRow(all)), 3, {
        paint,
        width: stream.columns,
      }).trimEnd(),
      "",
    );
  if (all.truncated) lines.push(paint.yellow(TRUNCATED), "");
  return `${lines.join("\n").trimEnd()}\n`;
}

const TRUNCATED = "This clone lacks older alias moves; run `git fetch --unshallow` to get them.";

function formatVersion(version: HistoryVersion, paint: Paint, width: number): string[] {
  const { date, author, tagger, aliases, notes, digest, commit, scores, retired, problem } = version;
  const pointers = aliases.map(({ alias, share }) => (share === 1 ? alias : `${alias} ${formatShare(share)}`));
  const people = [
    ...(author === undefined ? [] : [person(author)]),
    ...(tagger === undefined || person(tagger) === (author && person(author)) ? [] : [`released by ${person(tagger)}`]),
  ];
  const head = [
    paint.bold(`${version.name}@v${version.version}`),
    date === undefined ? undefined : day(date),
    people.join(", "),
    paint.green(pointers.join(", ")),
    retired === undefined ? undefined : paint.yellow("retired"),
  ];
  const facts = [
    problem === undefined ? undefined : paint.red(indent(problem, width)),
    retired === undefined ? undefined : paint.yellow(indent(`Retired: ${retired}`, width)),
    ...notes.split("\n").map((line) => (line.trim() === "" ? undefined : indent(line, width))),
    scores.length === 0 ? undefined : indent(scores.map(describeScore).join(", "), width),
    paint.dim(indent([digest, commit?.slice(0, 10)].filter((part) => part !== undefined).join("  "), width)),
  ];
  const present = (part: string | undefined): part is string => part !== undefined && part.trim() !== "";
  return [head.filter(present).join("  "), ...facts.filter(present)];
}

function moveRow({ name, formerNames }: History): (move: HistoryMove) => string[] {
  const target = (to: StoredTarget | undefined, none: string) => (to === undefined ? none : describeTarget(to));
  return ({ name: owner, alias, from, to, date, author, commit, subject }) => [
    day(date),
    owner === name && formerNames.length === 0 ? alias : `${owner}@${alias}`,
    from === undefined ? `set to ${target(to, "")}` : `${target(from, "")} → ${target(to, "deleted")}`,
    person(author),
    `${commit.slice(0, 10)} ${subject}`,
  ];
}

function indent(text: string, width: number): string {
  return `    ${wrap(printableLine(text), width - 4, "    ")}`;
}

function person({ name, email }: Signature): string {
  return printableLine(name === "" ? email : name);
}

function day(date: string): string {
  return date.slice(0, 10);
}
