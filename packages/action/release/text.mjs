// What the pull request, its commit and the summary of the run say.
import { existsSync, readFileSync } from "node:fs";
import { alias, base, readPlan, readState, recordingPath } from "./settings.mjs";

/** How many of a list a body has. */
export const LISTED = 20;

/** Prints the message of the commit that moves the alias. */
export function message() {
  const { moves } = readState();
  const [only] = moves;
  const subject =
    moves.length === 1
      ? `Promote ${only.name} to ${alias}: v${only.to}`
      : `Promote ${moves.length} prompts to ${alias}`;
  const lines = moves.map(({ name, from, to }) => `${name}: ${from === undefined ? "" : `v${from} → `}v${to}`);
  console.log(moves.length === 1 ? subject : `${subject}\n\n${lines.join("\n")}`);
}

/** Text of the repository: GitHub makes no links, mentions or markup of it. */
export function inert(text) {
  return `<code>${text.replace(/[^A-Za-z0-9 ]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

/** Where the lines of prompts.lock can be merged alone, and first. */
function describeRecording() {
  const recording = existsSync(recordingPath) ? JSON.parse(readFileSync(recordingPath, "utf8")) : {};
  const url = recording.url ?? recording.open?.url;
  return url === undefined ? "" : ` To move aliases that follow releases first, merge ${url} before.`;
}

function list(versions) {
  const rest = versions.length - LISTED;
  return versions.slice(0, LISTED).map(inert).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** The body of the pull request, without its marker. */
export function describe({ moves, held, kept }, recorded, review) {
  const lines = [];
  if (moves.length > 0) {
    const what = moves.length === 1 ? `${inert(moves[0].name)}` : `${moves.length} prompts`;
    lines.push(
      `Moves ${inert(alias)} of ${what} to the newest version${kept.length > 0 ? " that can be promoted" : ""}. Merge this to promote. If you close it, it comes back with the next version, and not before.`,
    );
  }
  if (recorded.length > 0) {
    const because = `${inert(base)} does not accept pushes from the release job`;
    const count = recorded.length === 1 ? "a line" : `${recorded.length} lines`;
    if (moves.length > 0) lines.push(`Also adds ${count} to prompts.lock, because ${because}.${describeRecording()}`);
    else
      lines.push(
        `Records ${list(recorded)} in prompts.lock, because ${because}. Until this is merged, builds do not have ${recorded.length === 1 ? "this version" : "these versions"}, and aliases that follow releases do not move.`,
      );
  }
  const { leftOut } = readPlan();
  if (leftOut.length > 0)
    lines.push(
      ["Not included:", "", ...leftOut.slice(0, LISTED).map((finding) => `- ${inert(shorten(finding.message))}`)].join(
        "\n",
      ),
      ...(leftOut.length > LISTED ? [`And ${leftOut.length - LISTED} more: see the run.`] : []),
    );
  if (held.length > 0)
    lines.push(`Closed before, and left out: ${list(held.map(({ name, to }) => `${name}@v${to}`))}.`);
  return [...lines, review].join("\n\n");
}

const shorten = (text) => (text.length > 400 ? `${text.slice(0, 400)}…` : text);
