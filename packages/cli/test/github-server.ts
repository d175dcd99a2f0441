// A local server that answers as GitHub's API does for pull requests, and records the calls.

import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface PullRequest {
  readonly number: number;
  readonly html_url: string;
  readonly head: string;
  readonly base: string;
  title: string;
  body: string;
  state: "open" | "closed";
  merged_at: string | null;
  /** The commit of its branch when it was closed. */
  sha?: string;
}

export interface GitHub {
  readonly url: string;
  readonly pulls: PullRequest[];
  /** Each call, without its query: `POST pulls`. */
  readonly calls: string[];
  /** The status and message of calls that write; `undefined` if they succeed. */
  refuses: readonly [status: number, message: string] | undefined;
  /** The commit of a branch. */
  headOf: (branch: string) => string;
  close(): void;
}

export const TOKEN = "secret";

export async function startGitHub(): Promise<GitHub> {
  const github: Omit<GitHub, "url" | "close"> = { pulls: [], calls: [], refuses: undefined, headOf: () => "" };
  const server = createServer(async (request, response) => {
    const { status, value } = await answer(github, request);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(github, { url: addressOf(server), close: () => void server.close() });
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Answer {
  readonly status: number;
  readonly value: unknown;
}

async function answer(github: Omit<GitHub, "url" | "close">, request: IncomingMessage): Promise<Answer> {
  const { pulls, calls } = github;
  const url = new URL(request.url ?? "", "http://localhost");
  const path = url.pathname.replace(/^\/repos\/acme\/shop\//, "");
  calls.push(`${request.method} ${path}`);
  const fails = (status: number, message: string): Answer => ({ status, value: { message } });
  if (request.headers.authorization !== `Bearer ${TOKEN}`) return fails(401, "Bad credentials");
  const { searchParams: query } = url;
  if (request.method === "GET" && path === "pulls") {
    const own = pulls.filter(
      ({ head, base }) => `acme:${head}` === query.get("head") && (query.get("base") ?? base) === base,
    );
    const size = Number(query.get("per_page") ?? 30);
    const start = (Number(query.get("page") ?? 1) - 1) * size;
    const shown = own.map(({ head, sha, ...pull }) => ({
      ...pull,
      head: { ref: head, sha: sha ?? github.headOf(head) },
    }));
    return { status: 200, value: shown.toReversed().slice(start, start + size) };
  }
  if (github.refuses !== undefined) return fails(...github.refuses);
  const sent = JSON.parse(await readBody(request)) as Pick<PullRequest, "title" | "body" | "head" | "base" | "state">;
  if ((sent.body ?? "").length > 65_536) return fails(422, "Body is too long");
  if (request.method === "POST" && path === "pulls") {
    if (pulls.some(({ head, state }) => head === sent.head && state === "open"))
      return fails(422, "A pull request already exists");
    const number = pulls.length + 1;
    const pull: PullRequest = {
      ...sent,
      number,
      state: "open",
      merged_at: null,
      html_url: `https://github.com/acme/shop/pull/${number}`,
    };
    pulls.push(pull);
    return { status: 201, value: pull };
  }
  const pull = pulls.find(({ number }) => path === `pulls/${number}`);
  if (request.method !== "PATCH" || pull === undefined) return fails(404, "Not Found");
  if (sent.state === "closed") pull.sha = github.headOf(pull.head);
  return { status: 200, value: Object.assign(pull, sent) };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
