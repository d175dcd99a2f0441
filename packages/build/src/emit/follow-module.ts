// The package's entry point whose pointers move at run time. The index contains nothing of it.

import type { PromptFacts } from "./prompt-facts.js";
import { GENERATED, selfTypes } from "./prompt-module.js";
import type { SharedText } from "./shared-text.js";

const COMMENT =
  "// For each prompt: its versions, the latest, and where its aliases lead, with the versions that would break their callers.\n";

/**
 * `dist/follow.js`.
 *
 * @example
 * ```js
 * import { atAlias, Split } from "@cuecard/runtime";
 * import { createFollow } from "@cuecard/runtime/follow";
 * import { at, find, load } from "./index.js";
 *
 * export const follow = createFollow({ load, find, at, atAlias, Split }, [
 *   '["greet",3,3,[[["production"],2]]]',
 * ]);
 * export const prompts = { follow };
 * ```
 */
export function emitFollowModule(): SharedText {
  return {
    head: `${GENERATED}${selfTypes("follow")}
import { atAlias, Split } from "@cuecard/runtime";
import { createFollow } from "@cuecard/runtime/follow";
import { at, find, load } from "./index.js";

export { FollowError } from "@cuecard/runtime/follow";

${COMMENT}export const follow = /* @__PURE__ */ createFollow({ load, find, at, atAlias, Split }, [
`,
    separator: "",
    tail: "]);\n\nexport const prompts = /* @__PURE__ */ Object.freeze({ follow });\n",
  };
}

/** `dist/follow.cjs`. */
export function emitCommonJsFollow(): SharedText {
  return {
    head: `"use strict";
${GENERATED}Object.defineProperty(exports, "__esModule", { value: true });
const { atAlias, Split } = require("@cuecard/runtime");
const { FollowError, createFollow } = require("@cuecard/runtime/follow");
const { at, find, load } = require("./index.cjs");

${COMMENT}const follow = createFollow({ load, find, at, atAlias, Split }, [
`,
    separator: "",
    tail: "]);\n\nObject.assign(exports, { FollowError, follow, prompts: Object.freeze({ follow }) });\n",
  };
}

/**
 * `dist/follow.d.ts` and `dist/follow.d.cts`.
 *
 * @param ending That of the modules: `js` or `cjs`.
 */
export function emitFollowTypes(prompts: readonly PromptFacts[], ending: string): string {
  const [first] = prompts;
  const name = first?.name ?? "name";
  const alias = first?.aliases.find((one) => one.alias !== "latest")?.alias ?? "production";
  return `import type { FollowOptions, Live } from "@cuecard/runtime/follow";
import type { at, find, load } from "./index.${ending}";

export { FollowError } from "@cuecard/runtime/follow";
export type { FollowErrorCode, FollowOptions, FollowSource, FollowState, PointerTarget, RefreshOptions, RefusedPointer } from "@cuecard/runtime/follow";

/** The package with pointers that move: \`load\`, \`find\` and \`at\` as the package exports them, and what they follow. */
export interface LivePrompts extends Live<{ load: typeof load; find: typeof find; at: typeof at }> {}

/**
 * Follows a document that moves aliases at run time. An alias moves only to versions in this package that do not break its callers.
 *
 * @throws FollowError if an option is wrong. Everything else that fails is in \`state.lastError\`, and pointers stay.
 * @example
 * const live = follow({ source: "https://config.example.com/pointers.json", interval: "30s" });
 * live.load(${JSON.stringify(name)}, ${JSON.stringify(alias)}).format({ … });
 */
export declare function follow(options: FollowOptions): LivePrompts;

/** The same function as a member: \`prompts.follow({ … })\`. */
export declare const prompts: { readonly follow: typeof follow };
`;
}
