// Which versions the pull request contains.
import { readFileSync, writeFileSync } from "node:fs";
import { readMarker } from "./marker.mjs";
import { listPullRequests } from "./pulls.mjs";
import { alias, readPlan, readRecorded, readState, statePath } from "./settings.mjs";

/**
 * Prints the prompts to promote, or `all`: those whose version no closed pull request was about. A merged one counts as well, because
 * what it promoted was rolled back since.
 */
export async function choose() {
  const pulls = await listPullRequests();
  const closed = pulls.filter(({ state }) => state === "closed").map(readMarker);
  const decided = new Set(closed.flatMap(({ promotes }) => promotes[alias] ?? []));
  const recorded = new Set(closed.flatMap(({ records }) => records));
  const { edits, leftOut } = readPlan();
  const moves = edits.map(toMove);
  const refused = new Set(leftOut.map(({ subject }) => subject?.name));
  const open = pulls.find(({ state }) => state === "open");
  const chosen = moves.filter(({ name, to }) => !decided.has(`${name}@v${to}`));
  const proposed = open === undefined ? [] : (readMarker(open).promotes[alias] ?? []);
  writeFileSync(
    statePath,
    JSON.stringify({
      moves: chosen,
      kept: [],
      proposed: proposed.filter((version) => refused.has(nameOf(version)) && !decided.has(version)),
      closedAt: pulls.filter(({ state }) => state === "closed").map(({ head }) => head?.sha),
      held: moves.filter((move) => !chosen.includes(move)),
      decided: readRecorded().every((version) => recorded.has(version)),
      open: open && { number: open.number, title: open.title, body: open.body, url: open.html_url },
    }),
  );
  console.log(chosen.length > 0 && chosen.length === moves.length ? "all" : chosen.map(({ name }) => name).join("\n"));
}

const toMove = ({ name, from, to }) => ({ name, from: from?.version, to: to.version });
const nameOf = (version) => version.replace(/@v\d+$/, "");

/** Adds the move to a version that the open pull request has already, and that is older than what cannot be promoted. */
export function keep(path) {
  const state = readState();
  const kept = JSON.parse(readFileSync(path, "utf8")).plan.edits.map(toMove);
  const moves = [...state.moves, ...kept].sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(statePath, JSON.stringify({ ...state, moves, kept: [...state.kept, ...kept] }));
}

/** Whether the commit is that of a pull request that was merged or closed, and none is open: then no one waits for the branch. */
export function finished(commit) {
  const { open: pull, closedAt } = readState();
  console.log(pull === undefined && closedAt.includes(commit));
}
