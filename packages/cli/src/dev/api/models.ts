// Running prompts on models: what there is to choose from, and a run.

import type { ModelRequest, Models } from "@cuecard/project";
import { RequestError } from "../../exit.js";
import type { Call, Route } from "./api.js";
import { refuse } from "./refuse.js";

const OFF: Models = { isOn: false };

export const models: Route = async ({ model }, { models: runner }) =>
  runner === undefined ? OFF : runner.offer(typeof model === "string" ? model : undefined);

export const run: Route = async (body, call) => {
  const { models: runner, signal } = call;
  if (runner === undefined) throw new RequestError("model calls are off: start cuecard dev with --model-calls");
  const provider = textOf(body, "provider");
  const model = textOf(body, "model");
  const events = runner.run(await prepare(body, call), { provider, model }, signal);
  return new Response(events, { headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" } });
};

/** @throws RequestError if the version gives no request for the input. */
async function prepare(body: Readonly<Record<string, unknown>>, { project }: Call): Promise<ModelRequest> {
  const { input } = body;
  const { runsHelpers } = project;
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw new RequestError("the input must be an object");
  const reference = `${textOf(body, "name")}@${textOf(body, "version")}`;
  const given = input as Readonly<Record<string, unknown>>;
  const source = body["text"] === undefined ? undefined : textOf(body, "text");
  const outcome = await project.use((registry) => registry.modelRequest(reference, given, { runsHelpers, source }));
  switch (outcome.kind) {
    case "found":
      return outcome.value;
    case "refused":
      throw new RequestError(
        outcome.cause === "helpers" && !runsHelpers
          ? `${outcome.problem}: start cuecard dev with --helpers`
          : outcome.problem,
      );
    case "unknown":
      throw new RequestError(outcome.hint === undefined ? outcome.problem : `${outcome.problem}: ${outcome.hint}`);
    case "broken":
      throw refuse(outcome.diagnostics);
  }
}

function textOf(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new RequestError(`the request must have ${name}`);
  return value;
}
