// Whether messages that a program passes can be written as role markers with texts. What a file has no place for is refused,
// because it would be lost without a finding.

import { either, type Place } from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import { suggestRole } from "../hints/role-lines.js";
import { isRole, ROLES } from "../language/language.js";
import { parseTemplate } from "../parse/parse-template.js";
import { isObject } from "../schema/json-schema.js";
import { SourceText } from "../text/source-text.js";
import type { DraftProblem } from "./check-draft.js";
import { explainEntry, explainForeign, HISTORY } from "./foreign-messages.js";
import type { DraftMessage } from "./print-messages.js";

const MEMBERS = ["role", "content"];

/** What belongs to a conversation that took place: https://platform.openai.com/docs/api-reference/chat/create */
const CONVERSATION = [
  ...["tool_calls", "toolCalls", "tool_call_id", "toolCallId", "function_call", "functionCall", "toolInvocations"],
  ...["refusal", "annotations", "audio", "reasoning", "reasoning_content"],
];

const PARTS =
  'write the text as one string, and media in the text: {{media url=picture contentType="image/png"}}, with the URL as a variable';

export function checkMessages(messages: readonly DraftMessage[], place: Place): DraftProblem[] {
  if (!Array.isArray(messages) || messages.length === 0) return [{ problem: "it has no messages", path: "messages" }];
  return messages.flatMap((message, index) => {
    const path = `messages[${index}]`;
    if (message === "history") return [];
    // Untyped code can pass anything.
    if (!isObject(message)) return [explainEntry(message, path)];
    if (isPlaceholder(message)) return [{ problem: `${path} is a placeholder for messages`, path, instead: HISTORY }];
    const { role, content, ...unknown }: Readonly<Record<string, unknown>> = message;
    const keys = Object.keys(unknown);
    // One answer for all of a message that took place: a call of a tool has no text.
    const ofHistory = keys.find((key) => CONVERSATION.includes(key));
    if (ofHistory !== undefined) return [unknownMember(ofHistory, path)];
    const foreign = explainForeign(message, path);
    if (foreign !== undefined) return [foreign];
    return [
      ...keys.map((key) => unknownMember(key, path)),
      ...checkRole(role, path),
      ...checkContent(content, path, place),
    ];
  });
}

/** `{ type: "placeholder", name: "history" }` of Langfuse, `{ variable_name: "history" }` of LangChain. */
function isPlaceholder({ role, type, variable_name }: Readonly<Record<string, unknown>>): boolean {
  return type === "placeholder" || (role === undefined && variable_name !== undefined);
}

function unknownMember(key: string, message: string): DraftProblem {
  const path = `${message}.${key}`;
  const near = nearest(key, MEMBERS);
  const instead = CONVERSATION.includes(key)
    ? HISTORY
    : key === "name"
      ? "remove it, and write in the content who is speaking"
      : near === undefined
        ? "remove it: a message has a role and a content"
        : undefined;
  const problem = `unknown property "${path}"${near === undefined ? "" : `; did you mean "${near}"?`}`;
  return { problem, path, instead };
}

function checkRole(role: unknown, message: string): DraftProblem[] {
  if (isRole(role)) return [];
  const choices = `use ${either(ROLES)}, or make the whole entry "history"`;
  const meant = typeof role === "string" ? suggestRole(role) : undefined;
  const problem = `${message} has ${role === undefined ? "no role" : `the role ${describe(role)}`}: ${choices}`;
  const written = `write the role "${meant ?? "user"}"${role === "developer" ? DEVELOPER : ""}`;
  const instead = typeof role === "string" && meant === undefined ? undefined : written;
  return [{ problem, path: `${message}.role`, instead }];
}

/** https://platform.openai.com/docs/guides/text#message-roles-and-instruction-following */
const DEVELOPER = ": OpenAI's newer models read it as developer";

function checkContent(content: unknown, message: string, place: Place): DraftProblem[] {
  const path = `${message}.content`;
  if (typeof content !== "string")
    return [
      {
        problem: `the content of ${message} is not a string`,
        path,
        instead: Array.isArray(content) ? PARTS : "write its text as a string, or leave the message out",
      },
    ];
  if (content.trim() === "")
    return [{ problem: `${message} is blank`, path, instead: "write its text, or leave the message out" }];
  const text = content.replaceAll("\r\n", "\n");
  const [finding] = parseTemplate(new SourceText(place.file, text, 0)).diagnostics;
  if (finding !== undefined)
    return [
      { problem: `${message} is not a valid template by itself: ${finding.message}`, path, instead: finding.hint },
    ];
  const marker = /\{\{~?\s*(role|history)\b/.exec(text)?.[1];
  return marker === undefined
    ? []
    : [{ problem: `${message} contains {{${marker}}}; write each message as a separate item of the list`, path }];
}

function describe(role: unknown): string {
  return typeof role === "string" ? JSON.stringify(role) : String(role);
}
