// What a compilation takes from a project besides its files: the settings that change its findings or its code, and the helpers.

import type { CompileOptions } from "@cuecard/build";
import type { HelpersResult } from "../helpers/read-helpers.js";
import type { Config } from "../settings/config.js";

type CompileSettings = Pick<CompileOptions, "validation" | "metadataKeys" | "allowCharacters" | "helpers">;

export function compileSettings(config: Config, { helpers }: HelpersResult): CompileSettings {
  const { validation, metadataKeys, allowCharacters } = config;
  return { validation, metadataKeys, allowCharacters, ...(helpers && { helpers }) };
}
