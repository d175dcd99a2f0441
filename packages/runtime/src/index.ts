// What a generated prompt package needs at run time, and nothing else. It has no dependencies and uses no types of a host.

export { codePoints, deepEqual, findDuplicate } from "./ajv.js";
export { ajvCheck } from "./ajv-check.js";
export { each, eachObject, forEach, forEachObject, sectionItems, within, withObject, withValue } from "./blocks.js";
export type { ContentPart, MediaPart, TextPart } from "./content.js";
export {
  type OutputIssue,
  PromptArgumentError,
  PromptInputError,
  PromptNotFoundError,
  PromptOutputError,
} from "./errors.js";
export { compiledInputValidator, plainInputValidator } from "./input.js";
export { describeValue, type Issue as InputIssue, NO_PROPERTY } from "./issue.js";
export { findJsonEnd } from "./json-end.js";
export type { JsonSchema } from "./json-schema.js";
export { MARKS } from "./json-schema-targets.js";
export {
  createAt,
  createFind,
  createIncludes,
  createLoad,
  createReferences,
  namesOf,
  type References,
  Split,
  versionOf,
} from "./load.js";
export type {
  CannotLoad,
  CheckedUri,
  FoundPrompt,
  LoadAt,
  Loaded,
  ReasonOf,
  RefusedRef,
  ResolveUri,
  Retired,
  RetiredOptions,
  SpecOf,
  SplitOptions,
  Weighted,
  WeightedPrompt,
} from "./load-types.js";
export {
  type Message,
  MessageBuilder,
  mediaPart,
  placeHistory,
  type Role,
} from "./messages.js";
export { nearest } from "./nearest.js";
export { compiledOutputParser, plainOutputParser, textAnswers, wordAnswers } from "./output.js";
export { isListOf, plainCheck } from "./plain-check.js";
export { pointerKeys } from "./pointer.js";
export { atAlias, chatPrompt, textPrompt } from "./prompt.js";
export type {
  ChatMessage,
  ChatPrompt,
  FormatOptions,
  FormattedChat,
  HistoryMessage,
  HistoryRole,
  InputOf,
  MessageOptions,
  OutputOf,
  PromptInfo,
  PromptSpec,
  TextPrompt,
} from "./prompt-types.js";
export { isPlain, ownProperty, safeMembers } from "./safe-members.js";
export { chooseArm, murmur3 } from "./split.js";
export type { StandardInput, StandardIssue, StandardJsonOptions, StandardResult } from "./standard-types.js";
export { hasExactSum, isWeight } from "./target.js";
export type { PromptTelemetry, TelemetryOptions } from "./telemetry.js";
export {
  asJson,
  asText,
  extend,
  indentLines,
  isPresent,
  isPresentOrZero,
  lookup,
} from "./template.js";
export { trimEnd, trimStart } from "./trim-edges.js";
export { unpack, unpackAll } from "./unpack.js";
export { delimit, type MaybeUntrusted, trust, type Untrusted, untrusted } from "./untrusted.js";
export { normalizeRef, type PromptReference, parsePromptUri, promptUri } from "./uri.js";
