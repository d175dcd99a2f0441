// The settings in a commit, as far as they decide what a version of it contains.

import { CONFIG_FILE } from "@cuecard/model";

/**
 * Whether settings trim messages. They are in cuecard.config.json or else under `"cuecard"` in package.json.
 *
 * @param readText Returns a file's text; `undefined` if it does not exist.
 */
export async function trimsMessages(readText: (file: string) => Promise<string | undefined>): Promise<boolean> {
  const own = await readText(CONFIG_FILE);
  const settings = own === undefined ? member(parse(await readText("package.json")), "cuecard") : parse(own);
  return member(settings, "trimMessages") === true;
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
