// The pull requests of a branch, as GitHub has them.
import { request } from "../request.mjs";
import { base, branch, repository } from "./settings.mjs";

const PROBLEMS = {
  401: "the token is not valid",
  403: 'the job needs the permission "pull-requests: write", and under Settings > Actions > General, "Allow GitHub Actions to create and approve pull requests" must be on',
  404: 'the token does not give access to pull requests of this repository: the job needs the permission "pull-requests: write"',
};

class Refused extends Error {}

/** @throws Refused with what GitHub answered, and what to do about it. */
export async function call(method, path, body) {
  const response = await request(method, `repos/${repository}/${path}`, body);
  if (response.ok) return response.json();
  const { message = "", errors = [] } = await response.json().catch(() => ({}));
  const details = [message, ...errors.map((error) => error.message ?? "")].filter(Boolean).join("; ");
  const reason = PROBLEMS[response.status] ?? "";
  throw new Refused(`GitHub answered ${response.status} (${details})${reason === "" ? "" : `: ${reason}`}`);
}

/** All pull requests from the branch, newest first. */
export async function listPullRequests() {
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

/** Opens a pull request, or updates the one that is open. */
export async function write(existing, { title, body }) {
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
