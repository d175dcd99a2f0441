// The pull request that promotes prompts: opens, updates or closes it, and prints what promote.sh asks about it.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { reasonOf } from "../request.mjs";
import { choose, finished, keep } from "./choice.mjs";
import { MARKER, markerOf, printMarker, readMarker } from "./marker.mjs";
import { call, write } from "./pulls.mjs";
import {
  alias,
  branch,
  outputs,
  readPlan,
  readRecorded,
  readState,
  report,
  repository,
  run,
  server,
  statePath,
  summary,
} from "./settings.mjs";
import { describe, inert, LISTED, message } from "./text.mjs";

/** How many characters GitHub accepts as a body. */
const LIMIT = 65_536;

/** Someone else works on the branch. */
function wait() {
  const { open: pull } = readState();
  const remedy =
    pull === undefined ? "Open a pull request from it, or delete it" : `Merge or close its pull request: ${pull.url}`;
  console.log(`::warning title=cuecard::${branch} has commits of others, so it is left as it is. ${remedy}`);
  if (pull !== undefined) tell(pull.url);
}

/** Says in the log and in the summary which prompts cannot be promoted, and why. */
function explain() {
  const { leftOut } = readPlan();
  if (leftOut.length === 0) return;
  const names = [...new Set(leftOut.map(({ subject }) => subject?.name))];
  const some = names.slice(0, LISTED).join(", ") + (names.length > LISTED ? ` and ${names.length - LISTED} more` : "");
  console.log(`::warning title=cuecard::Not promoted to ${alias}: ${some}. The summary of this run has the reasons`);
  for (const { message: reason } of leftOut) console.log(`  ${reason.replaceAll(/\s+/g, " ")}`);
  const items = leftOut.slice(0, 500).map((finding) => `- ${inert(finding.message)}`);
  if (leftOut.length > items.length) items.push(`- And ${leftOut.length - items.length} more: see the log.`);
  if (summary) appendFileSync(summary, `## Not promoted to ${inert(alias)}\n\n${items.join("\n")}\n`);
}

async function open() {
  const state = readState();
  const recorded = readRecorded();
  const marker = printMarker(markerOf(state.moves, recorded));
  const link = `[The summary of the run](${server}/${repository}/actions/runs/${run}) has the review.`;
  const review = report !== "" && existsSync(report) ? readFileSync(report, "utf8") : link;
  const [full, short] = [review, link].map((text) => describe(state, recorded, text));
  const body = [marker + full, marker + short].find(({ length }) => length <= LIMIT) ?? short;
  if (body === short)
    console.log("::warning title=cuecard::Too many versions for one pull request: closing it will not be remembered");
  const title = state.moves.length > 0 ? "Promote prompts" : "Record released versions";
  const { html_url: url } = await write(state.open, { title, body });
  console.log(`The pull request: ${url}`);
  writeFileSync(statePath, JSON.stringify({ ...state, url }));
  tell(url);
}

/** The output is the pull request that promotes. */
function tell(url) {
  if (outputs && readState().moves.length > 0) appendFileSync(outputs, `pull-request=${url}\n`);
}

/** Whether the pull request is open and about the same versions. */
function opened() {
  const { open: pull, moves } = readState();
  const isSame =
    pull !== undefined && JSON.stringify(readMarker(pull)) === JSON.stringify(markerOf(moves, readRecorded()));
  if (isSame) tell(pull.url);
  console.log(isSame);
}

/** Nothing is left to do: someone did it by hand, or retired the versions. Without its marker, closing does not count as a decision. */
async function withdraw() {
  const { open: pull } = readState();
  if (pull === undefined) return console.log(`${branch}: there is nothing to do`);
  const reason = "\n\nClosed by the release job: nothing is left to do.";
  const body =
    (pull.body ?? "")
      .replace(MARKER, "")
      .trimStart()
      .slice(0, LIMIT - reason.length) + reason;
  await call("PATCH", `pulls/${pull.number}`, { state: "closed", body });
  console.log(`Closed ${pull.url}: nothing is left to do`);
}

const commands = {
  choose,
  proposed: () => console.log(readState().proposed.join("\n")),
  keep,
  moves: () => console.log(readState().moves.length),
  message,
  decided: () => console.log(readState().decided),
  finished,
  wait,
  opened,
  open,
  withdraw,
  explain,
};

const [, , command, argument] = process.argv;
Promise.resolve(argument)
  .then(commands[command])
  .catch((error) => {
    console.error(`::error title=cuecard::The pull request cannot be prepared: ${reasonOf(error)}`);
    process.exitCode = 1;
  });
