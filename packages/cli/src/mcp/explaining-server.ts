// The library's server, with our words for requests whose params do not fit the protocol: the library answers with the JSON of its validator,
// as if the server had failed.

import { ProtocolError, Server } from "@modelcontextprotocol/server";
import { invalidParams } from "./refusal.js";

type Handler = ReturnType<Server["_wrapHandler"]>;

export class ExplainingServer extends Server {
  protected override _wrapHandler(method: string, handler: Handler): Handler {
    return super._wrapHandler(method, (request, context) => {
      const problem = method === "prompts/get" ? findArgumentProblem(request.params?.["arguments"]) : undefined;
      if (problem !== undefined) throw invalidParams(problem);
      try {
        return handler(request, context);
      } catch (error) {
        // Our own handlers are asynchronous: what is thrown here is about the request.
        if (error instanceof ProtocolError || !(error instanceof Error)) throw error;
        throw invalidParams(`the params of ${method} are not valid: ${explain(error.message)}`);
      }
    });
  }
}

function findArgumentProblem(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return `arguments must be an object with the prompt's arguments, got ${shown(given).slice(0, MAX_SHOWN)}`;
  const problems = Object.entries(given).flatMap(([name, value]) => {
    if (typeof value === "string") return [];
    const json = shown(value);
    const instead = json.length <= MAX_SHOWN ? `, such as ${JSON.stringify(json)}` : "";
    return [
      `${JSON.stringify(name.slice(0, MAX_SHOWN))} takes a text, got ${json.slice(0, MAX_SHOWN)}; write values that are not texts as JSON in a text${instead}`,
    ];
  });
  return problems.length === 0 ? undefined : problems.slice(0, MAX_PROBLEMS).join("; ");
}

const MAX_SHOWN = 60;
const MAX_PROBLEMS = 5;

/** Lists and objects may be too deep in each other to be written. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "a value that is nested too deeply";
  }
}

/** @param message What the validator found: JSON, or a sentence. */
function explain(message: string): string {
  let issues: unknown;
  try {
    issues = JSON.parse(message);
  } catch {
    return message;
  }
  if (!Array.isArray(issues)) return message;
  return (issues as { readonly path?: readonly unknown[]; readonly message?: unknown }[])
    .slice(0, MAX_PROBLEMS)
    .map((issue) => `${(issue.path ?? []).join(".")}: ${String(issue.message)}`)
    .join("; ");
}
