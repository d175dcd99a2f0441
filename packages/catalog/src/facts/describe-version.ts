// What the page for comparing shows of a version.

import type { CatalogExample, CatalogVersion } from "../source.js";

/** Texts by what they are. */
export type VersionData = Readonly<Record<string, string>>;

export function describeVersion({ files, examples, compiled }: CatalogVersion): VersionData {
  const { inputSchema, outputSchema, tools } = compiled.content;
  const print = (value: unknown) => JSON.stringify(value, undefined, 2);
  return Object.fromEntries([
    ...files.map(({ path, text }) => [path, text]),
    ...examples.map(({ name, result }) => [`Example "${name}", rendered`, textOf(result)]),
    ["Inputs (JSON Schema)", print(inputSchema)],
    ...(outputSchema === undefined ? [] : [["Answer (JSON Schema)", print(outputSchema)]]),
    ...(tools.length === 0 ? [] : [["Tools", print(tools)]]),
  ]);
}

function textOf(result: CatalogExample["result"]): string {
  if ("refused" in result) return result.refused;
  return result.messages.map(({ role, text }) => `[${role}]\n${text}`).join("\n");
}
