// The pull request that promotes prompts: which versions it contains, and the calls to GitHub that open, update or close it. A hidden
// marker in its body says what it is about, so that a closed one is a decision about these versions.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";

const {
  GITHUB_API_URL: api = "https://api.github.com",
  GITHUB_SERVER_URL: server = "https://github.com",
  GITHUB_REPOSITORY: repository = "",
  GITHUB_RUN_ID: run,
  GITHUB_OUTPUT: outputs,
  GITHUB_STEP_SUMMARY: summary,
} = process.env;
const {
  CUECARD_ALIAS: alias = "",
  CUECARD_BASE: base = "main",
  CUECARD_BRANCH: branch = "",
  CUECARD_TOKEN: token = "",
  CUECARD_PLAN: planPath = "",
  CUECARD_STATE: statePath = "",
  CUECARD_RECORDED: recordedPath = "",
  CUECARD_REPORT: report = "",
  CUECARD_RECORDING: recordingPath = "",
} = process.env;

const MARKER = /^<!-- cuecard (?:(\{.*\})|br:([A-Za-z0-9+/=]+)) -->\n?/m;
/** How many characters GitHub accepts as a body. */
const LIMIT = 65_536;
/** Longer markers are compressed. */
const READABLE_MARKER = 4000;
/** How many of a list a body has. */
const LISTED = 20;
const PROBLEMS = {
  401: "the token is not valid",
  403: 'the job needs the permission "pull-requests: write", and under Settings > Actions > General, "Allow GitHub Actions to create and approve pull requests" must be on',
  404: 'the token does not give access to pull requests of this repository: the job needs the permission "pull-requests: write"',
};

class Refused extends Error {}

async function call(method, path, body) {
  const response = await fetch(`${api}/repos/${repository}/${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "x-github-api-version": "2022-11-28",
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  if (response.ok) return response.json();
  const { message = "", errors = [] } = await response.json().catch(() => ({}));
  const details = [message, ...errors.map((error) => error.message ?? "")].filter(Boolean).join("; ");
  const reason = PROBLEMS[response.status] ?? "";
  throw new Refused(`GitHub answered ${response.status} (${details})${reason === "" ? "" : `: ${reason}`}`);
}

/** All pull requests from the branch, newest first. */
async function listPullRequests() {
  const [owner] = repository.split("/");
  const query = new URLSearchParams({ state: "all", head: `${owner}:${branch}`, base, per_page: "100" });
  const found = [];
  for (let page = 1; ; page++) {
    query.set("page", String(page));
    const pulls = await call("GET", `pulls?${query}`);
    found.push(...pulls);
    if (pulls.length < 100) return found;
  }
}

/** A body may come from anyone. */
const UNPACKED = { maxOutputLength: 10_000_000 };

function printMarker(marker) {
  const text = JSON.stringify(marker);
  const isShort = text.length <= READABLE_MARKER;
  return `<!-- cuecard ${isShort ? text : `br:${brotliCompressSync(text).toString("base64")}`} -->\n`;
}

/** What a pull request was about: versions that an alias gets, and versions that are recorded. */
function readMarker({ body }) {
  try {
    const [, plain = "{}", packed] = MARKER.exec(body ?? "") ?? [];
    const text = packed === undefined ? plain : String(brotliDecompressSync(Buffer.from(packed, "base64"), UNPACKED));
    const { promotes = {}, records = [] } = JSON.parse(text);
    return { promotes, records };
  } catch {
    return { promotes: {}, records: [] };
  }
}

const readPlan = () => JSON.parse(readFileSync(planPath, "utf8")).plan;
const readState = () => JSON.parse(readFileSync(statePath, "utf8"));
const readRecorded = () => readFileSync(recordedPath, "utf8").split("\n").filter(Boolean);

/**
 * Prints the prompts to promote, or `all`: those whose version no closed pull request was about. A merged one counts as well, because
 * what it promoted was rolled back since.
 */
async function choose() {
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
function keep(path) {
  const state = readState();
  const kept = JSON.parse(readFileSync(path, "utf8")).plan.edits.map(toMove);
  const moves = [...state.moves, ...kept].sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(statePath, JSON.stringify({ ...state, moves, kept: [...state.kept, ...kept] }));
}

/** Whether the commit is that of a pull request that was merged or closed, and none is open: then no one waits for the branch. */
function finished(commit) {
  const { open: pull, closedAt } = readState();
  console.log(pull === undefined && closedAt.includes(commit));
}

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

function message() {
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
function inert(text) {
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

function describe({ moves, held, kept }, recorded, review) {
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

function markerOf(moves, records) {
  const promotes = moves.length === 0 ? {} : { [alias]: moves.map(({ name, to }) => `${name}@v${to}`) };
  return { promotes, records };
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

async function write(existing, { title, body }) {
  if (existing !== undefined) {
    if (existing.title === title && existing.body === body) return { html_url: existing.url };
    return call("PATCH", `pulls/${existing.number}`, { title, body });
  }
  try {
    return await call("POST", "pulls", { title, body, head: branch, base });
  } catch (error) {
    // Another job was faster.
    const pull = (await listPullRequests()).find(({ state }) => state === "open");
    if (!(error instanceof Refused) || pull === undefined) throw error;
    return call("PATCH", `pulls/${pull.number}`, { title, body });
  }
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
    const text = String(error.cause?.message ?? error.message).replaceAll(/[\r\n%]/g, " ");
    console.error(`::error title=cuecard::The pull request cannot be prepared: ${text}`);
    process.exitCode = 1;
  });
