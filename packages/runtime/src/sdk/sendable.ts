// What the functions for SDKs take: a prompt of any package, its input, and options.

import type { ContentPart } from "../content.js";
import { describeValue } from "../issue.js";
import type { JsonSchema } from "../json-schema.js";
import type { Role } from "../messages.js";
import { isArray, ownProperty } from "../safe-members.js";
import { attempt, PromptRequestError } from "./request-error.js";
import type { SettingNames, UnknownSettings } from "./settings.js";

/** A prompt of a generated package, or a copy with other settings or tools: `{ ...prompt, config: { temperature: 0 } }`. */
export interface Sendable {
  readonly name: string;
  readonly uri: string;
  readonly model: string | undefined;
  readonly config: object;
  readonly tools: readonly unknown[];
  readonly outputSchema: JsonSchema | undefined;
  /** How many of the first messages are the same for every input; left out if none is. */
  readonly staticMessages?: number;
  messages(...args: never[]): readonly { readonly role: Role; readonly content?: unknown }[];
}

/** The type of a prompt that is refused: the compiler's message contains the reason. No value has this type. */
export interface CannotSend<Reason extends string> {
  readonly [refused]: Reason;
}
declare const refused: unique symbol;

/** The prompt, or the reason why the SDK cannot send it. */
export type Checked<P extends Sendable, Names extends SettingNames, Sdk extends string> = [
  UnknownSettings<P["config"], Names>,
] extends [never]
  ? [Extract<P["tools"][number], string>] extends [never]
    ? unknown
    : CannotSend<`the tool ${Extract<P["tools"][number], string>} is only a name: pass { ...prompt, tools: [its definition] }`>
  : CannotSend<`${Sdk} has no setting ${UnknownSettings<P["config"], Names>}: pass { ...prompt, config } without it`>;

/** The arguments after the prompt: those of its `messages`, with a history of the SDK's own messages. */
export type RequestArguments<P extends Sendable, H, Options = unknown> =
  [] extends Parameters<P["messages"]>
    ? [input?: InputArgument<P>, options?: RequestOptions<P, H> & Options]
    : [input: InputArgument<P>, options?: RequestOptions<P, H> & Options];

type InputArgument<P extends Sendable> = P["messages"] extends (input: infer I, ...rest: never[]) => unknown
  ? I
  : never;

type RequestOptions<P extends Sendable, H> = Omit<OptionsArgument<P>, "history"> & {
  /** The conversation so far, as the SDK has it. It replaces `{{history}}`; without one, it goes before the last user message. */
  readonly history?: readonly H[] | undefined;
};

type OptionsArgument<P extends Sendable> = P["messages"] extends (
  input: never,
  options?: infer O,
  ...rest: never[]
) => unknown
  ? NonNullable<O>
  : never;

/** A message that the template made. */
export interface TemplateMessage {
  readonly role: Role;
  readonly content: string | readonly ContentPart[];
}

/** A prompt's messages: those of the template, and those of the history as they were passed. */
export interface Rendered {
  /** All of them. */
  readonly inOrder: readonly (TemplateMessage | Turn)[];
  readonly system: readonly TemplateMessage[];
  /** Without the system messages. */
  readonly messages: readonly (TemplateMessage | Turn)[];
  /** The first of a request that are the same for every input, where system messages go first: one that varies ends them. */
  readonly prefix: readonly TemplateMessage[];
}

/** Where an API can cache: see {@link RequestArguments}. */
export interface CacheOption {
  /** Whether the last of the messages that are the same for every input has a cache breakpoint. */
  readonly cache?: boolean | undefined;
}

/** @returns Whether the caller asks for a cache breakpoint. */
export function cacheOption([, options]: readonly unknown[], byDefault: boolean): boolean {
  return (ownProperty(options, "cache") ?? byDefault) === true;
}

/** A message of the history. */
export class Turn {
  readonly message: unknown;

  constructor(message: unknown) {
    this.message = message;
  }
}

const TURN = "turn";

/** Renders a prompt. The messages of its history stay as they are, whatever form the SDK gives them. */
export function render(prompt: Sendable, [input, options]: readonly unknown[]): Rendered {
  checkSendable(prompt);
  const messages = prompt.messages as (input: unknown, options: unknown) => readonly TemplateMessage[];
  const all = messages(input, withPlaceholders(prompt, options));
  if (!isArray(all)) throw new PromptRequestError(prompt.uri, `its messages are ${describeValue(all)}`);
  const inOrder = all.map((message) => (ownProperty(message, TURN) as Turn | undefined) ?? message);
  const isSystem = (message: TemplateMessage | Turn) => !(message instanceof Turn) && message.role === "system";
  const system = inOrder.filter(isSystem) as TemplateMessage[];
  const others = inOrder.filter((message) => !isSystem(message));
  const fixed = inOrder.slice(0, (ownProperty(prompt, "staticMessages") ?? 0) as number);
  const sent = [...system, ...others];
  const end = sent.findIndex((message) => message instanceof Turn || !fixed.includes(message));
  const prefix = sent.slice(0, end === -1 ? sent.length : end) as TemplateMessage[];
  return { inOrder, system, messages: others, prefix };
}

/** @throws PromptRequestError for other values than prompts and copies of them. */
function checkSendable(prompt: unknown): void {
  const problem = attempt("", () => {
    if (typeof ownProperty(prompt, "messages") !== "function") return `it is ${describeValue(prompt)}, not a prompt`;
    const { name, uri, model, config, tools } = prompt as Sendable;
    if (typeof name !== "string" || typeof uri !== "string") return "it has no name or no uri, as prompts have";
    if (typeof config !== "object" || config === null) return `its config is ${describeValue(config)}, not an object`;
    if (!isArray(tools)) return `its tools are ${describeValue(tools)}, not a list`;
    return model === undefined || typeof model === "string" ? "" : `its model is ${describeValue(model)}, not a name`;
  });
  if (problem) throw new PromptRequestError(uriOf(prompt), problem);
}

function uriOf(prompt: unknown): string {
  const uri = ownProperty(prompt, "uri");
  return typeof uri === "string" ? uri : "";
}

/** The options of a call, with a placeholder for each message of the history, which takes its place among those of the template. */
function withPlaceholders({ uri }: Sendable, options: unknown): unknown {
  if (typeof options !== "object" || options === null) return options;
  return attempt(uri, () => {
    const copy: { history?: unknown } = Object.assign(Object.create(null), options);
    if (isArray(copy.history))
      copy.history = copy.history.map((message) => ({ role: "user", content: "", [TURN]: new Turn(message) }));
    return copy;
  });
}

/** The content of a message that an SDK only takes as text. */
export function textOf(prompt: Sendable, { role, content }: TemplateMessage): string {
  if (typeof content === "string") return content;
  throw new PromptRequestError(prompt.uri, `its ${role} message contains media, for which the API has no place`);
}

/** @throws PromptRequestError: a tool's answer belongs to a call, which a template does not have. */
export function refuseTool(prompt: Sendable): never {
  throw new PromptRequestError(
    prompt.uri,
    "a `tool` message in the template does not belong to a tool call; pass tool messages in `history`",
  );
}
