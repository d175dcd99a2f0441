// What a generated prompt package needs at run time, and nothing else. No dependencies, no host's types.

export { codePoints, deepEqual } from "./ajv.js";
export { ajvCheck } from "./ajv-check.js";
export type { ContentPart, MediaPart, TextPart } from "./content.js";
export { type OutputIssue, PromptInputError, PromptNotFoundError, PromptOutputError } from "./errors.js";
export { inputJudge, plainInput } from "./input.js";
export type { Issue as InputIssue } from "./issue.js";
export type { JsonSchema } from "./json-schema.js";
export { createLoad, type References, Split } from "./load.js";
export {
  type Message,
  MessageBuilder,
  mediaPart,
  placeHistory,
  type Role,
} from "./messages.js";
export { nearest } from "./nearest.js";
export { outputReader, plainOutput } from "./output.js";
export { isListOf, plainCheck } from "./plain-check.js";
export { pointerKeys } from "./pointer.js";
export { chatPrompt, textPrompt } from "./prompt.js";
export type {
  ChatMessage,
  ChatPrompt,
  CheckedUri,
  FormatOptions,
  FormattedChat,
  HistoryRole,
  InputOf,
  Loaded,
  LoadOptions,
  MessageOptions,
  OutputOf,
  ParseUri,
  PromptInfo,
  PromptSpec,
  ReasonOf,
  ResolveUri,
  Retired,
  RetiredOptions,
  SpecOf,
  SplitOptions,
  TextPrompt,
  Weighted,
  WeightedPrompt,
} from "./prompt-types.js";
export { chooseArm, murmur3 } from "./split.js";
export {
  bare,
  base,
  extend,
  indentLines,
  isPlain,
  isPresent,
  isPresentOrZero,
  items,
  json,
  keys,
  lookup,
  own,
  sectionItems,
  text,
} from "./template.js";
export { normalizeRef, type PromptReference, parsePromptUri, promptUri } from "./uri.js";
