// The package's entry point whose pointers move at run time. The index contains nothing of it. A prompt named `follow` would have the same
// entry point, so this one has its exports as well.

import type { PromptFacts } from "./prompt-facts.js";
import { GENERATED, selfTypes } from "./prompt-module.js";
import type { SharedText } from "./shared-text.js";

/** The module of a prompt named `follow`, if there is one. */
function ownPrompt(prompts: readonly PromptFacts[], ending: string): string | undefined {
  return prompts.some(({ name }) => name === "follow") ? `"./prompts/follow.${ending}"` : undefined;
}

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
export function emitFollowModule(prompts: readonly PromptFacts[]): SharedText {
  const own = ownPrompt(prompts, "js");
  return {
    head: `${GENERATED}${selfTypes("follow")}
import { atAlias, Split } from "@cuecard/runtime";
import { createFollow } from "@cuecard/runtime/follow";
import { at, find, load } from "./index.js";

export { FollowError } from "@cuecard/runtime/follow";
${own === undefined ? "" : `export * from ${own};\n`}
${COMMENT}export const follow = /* @__PURE__ */ createFollow({ load, find, at, atAlias, Split }, [
`,
    separator: "",
    tail: "]);\n\nexport const prompts = /* @__PURE__ */ Object.freeze({ follow });\n",
  };
}

/** `dist/follow.cjs`. */
export function emitCommonJsFollow(prompts: readonly PromptFacts[]): SharedText {
  const own = ownPrompt(prompts, "cjs");
  const names = `${own === undefined ? "" : `...require(${own}), `}FollowError, follow, prompts: Object.freeze({ follow })`;
  return {
    head: `"use strict";
${GENERATED}Object.defineProperty(exports, "__esModule", { value: true });
const { atAlias, Split } = require("@cuecard/runtime");
const { FollowError, createFollow } = require("@cuecard/runtime/follow");
const { at, find, load } = require("./index.cjs");

${COMMENT}const follow = createFollow({ load, find, at, atAlias, Split }, [
`,
    separator: "",
    tail: `]);\n\nObject.assign(exports, { ${names} });\n`,
  };
}

/**
 * `dist/follow.d.ts` and `dist/follow.d.cts`.
 *
 * @param ending That of the modules: `js` or `cjs`.
 */
export function emitFollowTypes(prompts: readonly PromptFacts[], ending: string): string {
  const [first] = prompts;
  const own = ownPrompt(prompts, ending);
  const name = first?.name ?? "name";
  const alias = first?.aliases.find((one) => one.alias !== "latest")?.alias ?? "production";
  return `import type { FollowOptions, Live } from "@cuecard/runtime/follow";
import type { at, find, load } from "./index.${ending}";

export { FollowError } from "@cuecard/runtime/follow";
export type { FollowErrorCode, FollowOptions, FollowSource, FollowState, PointerTarget, RefreshOptions, RefusedPointer } from "@cuecard/runtime/follow";
${own === undefined ? "" : `export * from ${own};\n`}
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
