// The package's main entry point. All prompts are in one module, each in a function that runs when the prompt is first loaded:
// importing a thousand modules takes half a second. The prompts are in their compact form (see pack.ts), because reading code takes
// an importer three times as long as reading the same amount of text.

import { stringLiteral } from "../text/escape.js";
import { emitHelperImport } from "./helper-import.js";
import { emitData } from "./layout.js";
import type { PackedCode } from "./prompt-code.js";
import type { PromptFacts } from "./prompt-facts.js";
import { emitImports, GENERATED, selfTypes } from "./prompt-module.js";
import { aliasNames } from "./reference-words.js";
import type { SharedText } from "./shared-text.js";

/** What the module exports besides `load`; bundlers drop those that a service does not use. */
const EXPORTS = {
  find: "createFind(prompts)",
  at: "createAt(prompts)",
  promptNames: "namesOf(prompts)",
  isPromptName: "createIncludes(promptNames)",
  isAlias: "createIncludes(aliasNames)",
  references: "createReferences(prompts)",
};

/** What the package exports of the runtime: with pnpm, services cannot resolve @cuecard/runtime. */
export const PASSED_ON: readonly string[] = [
  "PromptArgumentError",
  "PromptInputError",
  "PromptNotFoundError",
  "PromptOutputError",
  "trust",
  "untrusted",
];

/** What the package exports, in order, as code over the map `prompts`; and what that code uses of @cuecard/runtime. */
export function packageMembers(prompts: readonly PromptFacts[]): {
  readonly members: readonly (readonly [name: string, code: string])[];
  readonly imports: readonly string[];
} {
  return {
    members: [
      ["load", "createLoad(prompts)"],
      ["aliasNames", `/* @__PURE__ */ Object.freeze(${emitData(aliasNames(prompts), "")})`],
      ...Object.entries(EXPORTS).map(([name, call]) => [name, `/* @__PURE__ */ ${call}`] as const),
    ],
    imports: ["createLoad", ...Object.values(EXPORTS).map((call) => call.replace(/\(.*/, ""))],
  };
}

/**
 * `dist/index.js`.
 *
 * @param helpersEntry The helpers' module within dist.
 * @example
 * ```js
 * const prompts = new Map();
 *
 * prompts.set("greet", function () {
 * return unpack('{"name":"greet",…}', [
 *   ($, [$0]) => textPrompt($, { render: (input) => $0 + asText(input.name), … }),
 * ]);
 * });
 *
 * export const load = createLoad(prompts);
 * ```
 */
export function emitIndexModule(prompts: readonly PromptFacts[], helpersEntry?: string): SharedText {
  const own = packageMembers(prompts);
  const imports = new Set([...own.imports, ...prompts.flatMap((prompt) => prompt.imports)]);
  const helpers = new Set(prompts.flatMap((prompt) => prompt.helpers));
  const head = [
    GENERATED,
    selfTypes("index"),
    "// Every prompt of the package in a compact form, which is read when the prompt is first loaded. prompts/<name>.js contains\n",
    "// the same prompt as code to read.\n\n",
    emitImports(imports),
    emitHelperImport(helpers, "index.js", helpersEntry),
    `export { ${PASSED_ON.join(", ")} } from "@cuecard/runtime";\n`,
    "\nconst prompts = new Map();\n\n",
  ];
  const tail = ["\n", ...own.members.map(([name, code]) => `export const ${name} = ${code};\n`)];
  return { head: head.join(""), separator: "\n", tail: tail.join("") };
}

/**
 * One prompt's part of `dist/index.js`. A function and not an arrow function: V8 reads the body of an arrow function twice, which
 * doubles the time of an import.
 */
export function emitIndexEntry(name: string, { statements, expression }: PackedCode): string {
  return `prompts.set(${stringLiteral(name)}, function () {\n${statements}return ${expression};\n});\n`;
}
