// The package's CommonJS form, for `require`: Jest, and services that are CommonJS. index.cjs loads the module of a prompt when the
// prompt is first asked for, so that no code is emitted twice.

import { stringLiteral } from "../text/escape.js";
import { helperConstant } from "./helper-import.js";
import { PASSED_ON, packageMembers } from "./index-module.js";
import type { PackedCode } from "./prompt-code.js";
import type { PromptFacts } from "./prompt-facts.js";
import { GENERATED } from "./prompt-module.js";

/** As compilers mark what was an ES module: without it, their `import * as` and default imports copy the exports. */
const HEAD = `"use strict";\n${GENERATED}Object.defineProperty(exports, "__esModule", { value: true });\n`;

/**
 * `dist/index.cjs`.
 *
 * @example
 * ```js
 * const { createLoad, … } = require("@cuecard/runtime");
 * const prompts = new Map();
 *
 * prompts.set("greet", () => ({ __proto__: null, ...require("./prompts/greet.cjs") }));
 *
 * const load = createLoad(prompts);
 * Object.assign(exports, { load, … });
 * ```
 */
export function emitCommonJsIndex(prompts: readonly PromptFacts[]): string {
  const { members, imports } = packageMembers(prompts);
  const entries = prompts.map(({ name }) => {
    const path = stringLiteral(`./prompts/${name}.cjs`);
    return `prompts.set(${stringLiteral(name)}, () => ({ __proto__: null, ...require(${path}) }));\n`;
  });
  return [
    HEAD,
    emitRequire([...imports, ...PASSED_ON], "@cuecard/runtime"),
    "\nconst prompts = new Map();\n\n",
    ...entries,
    "\n",
    ...members.map(([name, code]) => `const ${name} = ${code};\n`),
    `\nObject.assign(exports, { ${[...members.map(([name]) => name), ...PASSED_ON].join(", ")} });\n`,
  ].join("");
}

/**
 * `dist/prompts/<name>.cjs`: the prompt in its compact form, with every reference among the exports.
 *
 * @param helpersEntry The helpers' CommonJS module within dist.
 */
export function emitCommonJsPrompt(name: string, code: PackedCode, helpersEntry?: string): string {
  const up = "../".repeat(name.split("/").length);
  const helpers = [...code.helpers].map((helper) => `${helper}: ${helperConstant(helper)}`);
  return [
    HEAD,
    emitRequire([...code.imports, "unpackAll"], "@cuecard/runtime"),
    helpersEntry === undefined ? "" : emitRequire(helpers, up + helpersEntry),
    `\n${code.statements}\nObject.assign(exports, unpackAll(${code.expression}));\n`,
  ].join("");
}

function emitRequire(names: Iterable<string>, from: string): string {
  const list = [...new Set(names)].sort();
  return list.length === 0 ? "" : `const { ${list.join(", ")} } = require(${stringLiteral(from)});\n`;
}
