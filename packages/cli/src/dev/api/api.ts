// What pages of `cuecard dev` may ask for and do: requests with JSON, which only pages of this server can send.

import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { UsageError } from "@cuecard/model";
import type { Proposal, Registry } from "@cuecard/project";
import { RequestError } from "../../exit.js";
import type { ModelRunner } from "../../models/models.js";
import { TooMany } from "../../support/in-turn.js";
import { routes } from "./routes.js";

/** The project that is served. */
export interface ServedProject {
  /** Whether prompts that call the project's helpers are rendered, which runs them. */
  readonly runsHelpers: boolean;
  /** What proposals wrote and did not push yet, by branch: if the remote has moved, the branch is moved back. */
  readonly unpushed: Map<string, Proposal>;
  /** Does something with the registry, after all that began before. */
  use<T>(work: (registry: Registry) => Promise<T>): Promise<T>;
}

export interface Call {
  readonly project: ServedProject;
  /** `undefined`: no prompt may be sent to a model. */
  readonly models: ModelRunner | undefined;
  /** Aborted when the browser goes away. */
  readonly signal: AbortSignal;
}

/**
 * Answers one kind of request.
 *
 * @returns What is sent as JSON, or a whole response, for example one that comes in parts.
 * @throws RequestError if it cannot be done; its message is shown to the user.
 */
export type Route = (body: Readonly<Record<string, unknown>>, call: Call) => Promise<object>;

/** Below which paths the requests are. */
export const API = "/@api/";

/** In bytes. No prompt is as long. */
const MOST_BYTES = 16 * 2 ** 20;

export async function answerApi(request: IncomingMessage, pathname: string, call: Call): Promise<Response> {
  const route = Object.hasOwn(routes, pathname.slice(API.length)) ? routes[pathname.slice(API.length)] : undefined;
  if (route === undefined) return refusal(404, "there is no such request");
  if (request.method !== "POST") return refusal(405, "only POST is possible");
  try {
    const body = await readBody(request);
    const answer = await route(body, call);
    return answer instanceof Response ? answer : Response.json(answer);
  } catch (error) {
    if (error instanceof RequestError || error instanceof UsageError) return refusal(422, error.message);
    if (error instanceof TooMany) return refusal(503, error.message);
    throw error;
  }
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim();
  if (type !== "application/json") throw new RequestError("the request must be JSON");
  if (!(Number(request.headers["content-length"]) <= MOST_BYTES)) throw new RequestError("the request is too large");
  const body = parseJson(await text(request));
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new RequestError("the request must be a JSON object");
  return body as Readonly<Record<string, unknown>>;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** @param error What the page shows. */
export function refusal(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
