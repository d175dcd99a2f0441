// What a generated prompt package needs at run time, and nothing else. No dependencies, no host's types.

export { codePoints, deepEqual } from "./ajv.js";
export { type InputIssue, PromptInputError, PromptNotFoundError } from "./errors.js";
export type { Validator } from "./input.js";
export { createLoad, type References, Split } from "./load.js";
export { type Message, MessageBuilder, type Role } from "./messages.js";
export { nearest } from "./nearest.js";
export { pointerKeys } from "./pointer.js";
export { type ChatDefinition, chatPrompt, type Definition, type TextDefinition, textPrompt } from "./prompt.js";
export type {
  ChatMessage,
  ChatPrompt,
  CheckedUri,
  FormatOptions,
  FormattedChat,
  HistoryRole,
  InputOf,
  JsonSchema,
  Loaded,
  LoadOptions,
  MessageOptions,
  ParseUri,
  PromptInfo,
  PromptSpec,
  ResolveUri,
  SpecOf,
  SplitOptions,
  TextPrompt,
  Weighted,
  WeightedPrompt,
} from "./prompt-types.js";
export { chooseArm, murmur3 } from "./split.js";
export {
  each,
  eachDo,
  extend,
  indentLines,
  isPresent,
  isPresentOrZero,
  lookup,
  own,
  text,
  using,
  usingDo,
} from "./template.js";
export { normalizeRef, type PromptReference, parsePromptUri, promptUri } from "./uri.js";
