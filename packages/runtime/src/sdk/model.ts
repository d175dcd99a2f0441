// The name of a model as its provider's own API has it.

import { ownProperty } from "../safe-members.js";
import type { Sendable } from "./sendable.js";

type WithoutPrefix<Model extends string, Prefix extends string> = Model extends `${Prefix}/${infer Name}`
  ? Name
  : Model;

/** `{ model }`, without the provider's prefix; nothing if the prompt has no model. */
export type ModelOf<P extends Sendable, Prefix extends string = never> = P["model"] extends infer M
  ? [M] extends [string]
    ? { model: WithoutPrefix<M, Prefix> }
    : [M] extends [undefined]
      ? unknown
      : { model?: WithoutPrefix<M & string, Prefix> }
  : never;

/** @param prefixes `openai` for `openai/gpt-5`. Other prefixes stay: gateways serve models by them. */
export function modelOf(prompt: Sendable, prefixes: readonly string[] = []): object {
  const model = ownProperty(prompt, "model") as Sendable["model"];
  if (model === undefined) return {};
  const prefix = prefixes.find((name) => model.startsWith(`${name}/`));
  return { model: prefix === undefined ? model : model.slice(prefix.length + 1) };
}
