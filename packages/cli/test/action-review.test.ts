// The review of the GitHub Action: outputs, summary, and one comment, posted to a local server that answers as GitHub's API does.

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createFolder, greetProject, type TestRepository } from "@cuecard/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { actionDir, checkout, runAction } from "./run-action.js";
import { runCommand } from "./run-command.js";

// This file runs shell scripts that start the command: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Comment {
  readonly id: number;
  body: string;
  readonly user: User;
}

interface User {
  readonly type: "Bot" | "User";
  readonly id: number;
}

const BOT: User = { type: "Bot", id: 1 };
const ADA: User = { type: "User", id: 2 };
const STRANGER: User = { type: "User", id: 3 };

let comments: Comment[] = [];
let calls: string[] = [];
/** The status of requests that write. */
let writes = 200;
/** Whose token it is. GitHub tells persons only. */
let owner = BOT;

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "", "http://localhost");
  calls.push(`${request.method} ${url.pathname}`);
  const answer = (status: number, value: unknown) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  if (request.headers.authorization !== "Bearer secret") return answer(401, {});
  if (url.pathname === "/user") return owner.type === "Bot" ? answer(403, {}) : answer(200, owner);
  if (request.method === "GET") {
    const page = Number(url.searchParams.get("page"));
    return answer(200, comments.slice((page - 1) * 100, page * 100));
  }
  if (writes !== 200) return answer(writes, { message: "Resource not accessible by integration" });
  const { body } = JSON.parse(await readBody(request)) as { body: string };
  if (body.length > 65_536) return answer(422, { message: "Body is too long" });
  const known = comments.find(({ id }) => url.pathname.endsWith(`/comments/${id}`));
  if (known !== undefined) known.body = body;
  else comments.push({ id: comments.length + 1, body, user: owner });
  return answer(200, {});
});

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());
beforeEach(() => {
  comments = [];
  calls = [];
  writes = 200;
  owner = BOT;
});

/** Runs the last step of the action. */
async function comment(
  report: string,
  changed = "true",
  event: object = { pull_request: { number: 7 } },
): Promise<string> {
  const folder = createFolder();
  const write = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const env = {
    PATH: process.env["PATH"],
    GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    GITHUB_REPOSITORY: "acme/prompts",
    GITHUB_EVENT_PATH: write("event.json", JSON.stringify(event)),
    CUECARD_REPORT: write("report.md", report),
    CUECARD_CHANGED: changed,
    CUECARD_TOKEN: "secret",
  };
  const child = spawn(process.execPath, [path.join(actionDir, "comment.mjs")], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (log += data));
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code).toBe(0);
  return log;
}

describe("the comment", () => {
  it("is posted once, then updated, and left alone if nothing is new", async () => {
    await comment("first");
    await comment("second");
    await comment("second");
    expect(comments.map(({ body }) => body.split("\n")[1])).toEqual(["second"]);
    expect(calls).toEqual([
      "GET /repos/acme/prompts/issues/7/comments",
      "POST /repos/acme/prompts/issues/7/comments",
      "GET /repos/acme/prompts/issues/7/comments",
      "GET /user",
      "PATCH /repos/acme/prompts/issues/comments/1",
      "GET /repos/acme/prompts/issues/7/comments",
      "GET /user",
    ]);
  });

  it.each([BOT, ADA])("is found behind a hundred others, and not in the words of a stranger: %o", async (user) => {
    owner = user;
    await comment("mine");
    const [mine] = comments;
    const other = (id: number) => ({ id, body: mine?.body ?? "", user: STRANGER });
    comments = [...Array.from({ length: 130 }, (_, index) => other(index + 1000)), ...comments];
    await comment("new");
    expect(comments).toHaveLength(131);
    expect(comments.at(-1)?.body).toContain("new");
    expect(comments.filter(({ body }) => body.includes("new"))).toHaveLength(1);
  });

  it("is not posted for a pull request that changes no prompt, but is updated if an earlier commit changed one", async () => {
    await comment("nothing", "false");
    expect(comments).toEqual([]);
    await comment("something");
    await comment("nothing", "false");
    expect(comments.map(({ body }) => body.split("\n")[1])).toEqual(["nothing"]);
  });

  it.each([
    [403, "pull requests from forks"],
    [404, "pull requests from forks"],
    [500, "GitHub answered 500"],
  ])("gives the reason if it cannot be written: %s", async (status, reason) => {
    writes = status;
    expect(await comment("text")).toMatch(new RegExp(`^::notice title=cuecard::.*${reason}`));
  });

  it("is only for pull requests", async () => {
    await comment("text", "true", { push: {} });
    expect(calls).toEqual([]);
  });
});

async function lockedProject(): Promise<TestRepository> {
  const repository = greetProject();
  repository.write({ "package.json": "{}" });
  await runCommand(["lock"], { cwd: repository.dir });
  repository.commit();
  return repository;
}

describe("the review", () => {
  it("has outputs, a summary, and a report that a comment can hold", async () => {
    const repository = await lockedProject();
    repository.git("checkout", "--quiet", "-b", "pull");
    repository.write({ "prompts/greet.md": "Say </details> @ada to {{name}} of {{place}}\n" }).commit("Change");
    const workspace = checkout(repository, "pull");
    const event = { GITHUB_BASE_REF: "main", GITHUB_EVENT_NAME: "pull_request" };
    const { outputs, summary, log } = runAction(workspace, { comment: "false" }, actionDir, event);
    expect(outputs).toMatchObject({ changed: "true", breaking: "true", versions: "greet@v3" });
    expect(outputs["report-path"]).toMatch(/\.md$/);
    expect(summary).toContain("## Prompt review\n");
    expect(summary).toContain("<pre>");
    expect(summary).not.toContain("Say </details>");
    expect(log).toContain("Prompt review\n1 prompt changes; callers break (");
  });

  it("is left out where the base is not known, and on a push", async () => {
    const workspace = checkout(await lockedProject());
    const event = { GITHUB_BASE_REF: "gone", GITHUB_EVENT_NAME: "pull_request" };
    expect(runAction(workspace, {}, actionDir, event)).toMatchObject({
      code: 0,
      log: expect.stringContaining("so there is no review"),
    });
    expect(runAction(workspace).log).not.toContain("review");
  });
});
