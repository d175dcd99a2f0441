// Lists and calls the tools: https://modelcontextprotocol.io/specification/2026-07-28/server/tools

import { nearest } from "@cuecard/runtime";
import type { CallToolResult, ListToolsResult } from "@modelcontextprotocol/server";
import { RequestError } from "../../exit.js";
import { toJson } from "../../report/json.js";
import { printable } from "../../terminal/text.js";
import { invalidParams } from "../refusal.js";
import type { ServedProject } from "../served-project.js";
import { check } from "./check.js";
import { diff, history, list, search, show } from "./inspect.js";
import { checkArguments, inputSchema, type Tool } from "./tool.js";
import { writePrompt } from "./write-prompt.js";

const TOOLS: readonly Tool[] = [check, diff, history, list, search, show, writePrompt];

function toolsOf({ options }: ServedProject): readonly Tool[] {
  return TOOLS.filter(({ writes }) => writes !== true || options.allowWrite);
}

/** All tools are on one page. */
export function listTools(project: ServedProject, cursor: string | undefined): ListToolsResult {
  if (cursor !== undefined) throw invalidParams("the list of tools has one page, so no cursor is valid");
  return {
    tools: toolsOf(project).map((tool) => ({
      name: tool.name,
      title: tool.title,
      description: tool.description,
      inputSchema: inputSchema(tool),
      outputSchema: { type: "object", properties: { ...tool.output }, required: Object.keys(tool.output) },
      annotations: {
        readOnlyHint: tool.writes !== true,
        // What is written is a new commit on a branch.
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    })),
  };
}

/** How many characters an answer may have: what is longer fills the context of a model, or its client's memory. */
const LONGEST = 1_000_000;

/**
 * A mistake in the arguments is a result of the tool, which models see and can correct.
 *
 * @throws ProtocolError if the tool does not exist.
 */
export async function callTool(
  project: ServedProject,
  name: string,
  given: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const tools = toolsOf(project);
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) throw unknownTool(name, tools);
  try {
    const { text, data } = await tool.run(project, checkArguments(tool, given), signal);
    if (Math.max(text.length, toJson(data).length) > LONGEST)
      throw new RequestError(`the answer has more than ${LONGEST} characters`, "ask about less");
    return { content: [{ type: "text", text }], structuredContent: data };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const hint = error.hint === undefined ? "" : `\nhint: ${error.hint}`;
    return { content: [{ type: "text", text: printable(`error: ${error.message}${hint}`) }], isError: true };
  }
}

function unknownTool(name: string, tools: readonly Tool[]): Error {
  if (TOOLS.some((tool) => tool.name === name))
    return invalidParams(`the tool "${name}" writes to a branch`, "start the server with --allow-write to allow it");
  const names = tools.map((tool) => tool.name);
  const near = nearest(name, names);
  return invalidParams(
    `the tool ${JSON.stringify(name.slice(0, 60))} does not exist`,
    near === undefined ? `the tools are ${names.join(", ")}` : `did you mean "${near}"?`,
  );
}
