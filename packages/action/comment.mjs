// Posts the review as one comment on the pull request, or updates the one that an earlier run posted. Needs `pull-requests: write`; with
// less, as in pull requests from forks, the review is on the summary page only.
import { readFileSync } from "node:fs";
import { reasonOf, request } from "./request.mjs";

const { GITHUB_REPOSITORY: repository, GITHUB_EVENT_PATH: eventPath } = process.env;
const {
  CUECARD_REPORT: report,
  CUECARD_CHANGED: changed,
  CUECARD_TOKEN: token,
  CUECARD_DIRECTORY: folder = ".",
} = process.env;
const MARKER = `<!-- cuecard review of ${encodeURIComponent(folder)} -->`;

const event = eventPath ? JSON.parse(readFileSync(eventPath, "utf8")) : {};
const number = event.pull_request?.number;

/** @returns The response, or `undefined` after a notice that says why there is none. */
async function call(method, path, body) {
  const response = await request(method, `repos/${repository}/${path}`, body);
  if (response.ok) return response.json();
  const reason =
    response.status === 403 || response.status === 404
      ? "its token cannot write comments, as in pull requests from forks and without the permission pull-requests: write"
      : `GitHub answered ${response.status}`;
  console.log(`::notice title=cuecard::The review is on the summary page only: ${reason}`);
  return undefined;
}

/**
 * Who a comment has to be from, since anyone can write the marker. A person's token identifies its account. An app's token
 * does not, but its comments are those of a bot.
 */
async function findAuthor() {
  const response = await request("GET", "user");
  if (!response.ok) return ({ type }) => type === "Bot";
  const { id: own } = await response.json();
  return ({ id }) => id === own;
}

/** The comment of an earlier run. */
async function findComment() {
  let isOwn;
  for (let page = 1; ; page++) {
    const comments = await call("GET", `issues/${number}/comments?per_page=100&page=${page}`);
    if (comments === undefined) return undefined;
    const marked = comments.filter(({ body, user }) => user && body?.startsWith(MARKER));
    if (marked.length > 0) isOwn ??= await findAuthor();
    const own = marked.find(({ user }) => isOwn(user));
    if (own !== undefined || comments.length < 100) return { own };
  }
}

async function main() {
  if (!report || !token || !repository || number === undefined) return;
  const found = await findComment();
  // Without changes, there is only something to say if an earlier commit had some.
  if (found === undefined || (found.own === undefined && changed !== "true")) return;
  const body = `${MARKER}\n${readFileSync(report, "utf8")}`;
  if (found.own?.body === body) return;
  if (found.own === undefined) await call("POST", `issues/${number}/comments`, { body });
  else await call("PATCH", `issues/comments/${found.own.id}`, { body });
}

main().catch((error) => {
  console.log(`::notice title=cuecard::The review is on the summary page only: ${reasonOf(error)}`);
});
