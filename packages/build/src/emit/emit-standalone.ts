// One version as a module of its own, for pages that render it in a browser.

import type { CompiledVersion } from "../model.js";
import { stringLiteral } from "../text/escape.js";
import { emitPromptCode } from "./prompt-code.js";
import { versionConstant } from "./version-names.js";

/**
 * The same code as in the generated package, exported as `prompt`.
 *
 * @param runtime Where the module finds @cuecard/runtime.
 * @returns `undefined` if it calls helpers of the project, which would have to be part of it.
 */
export function emitStandalone(version: CompiledVersion, runtime: string): string | undefined {
  if (version.content.render.helpers.length > 0) return undefined;
  const prompt = { name: version.name, versions: [version], aliases: [] };
  const { imports, statements } = emitPromptCode(prompt, { validation: true });
  const names = [...imports].sort().join(", ");
  return [
    `import { ${names} } from ${stringLiteral(runtime)};\n`,
    statements,
    `export { ${versionConstant(version.version)} as prompt };\n`,
  ].join("");
}
