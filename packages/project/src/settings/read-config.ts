// Finds the project's settings on disk: cuecard.config.json, or `"cuecard"` in package.json, or defaults.

import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  type Diagnostic,
  decodeUtf8,
  diagnose,
  type JsonDocument,
  type JsonNode,
  parseJsonDocument,
  reportNotUtf8,
} from "@cuecard/model";
import { findNonFile, findSkippedFile } from "@cuecard/registry";
import { CONFIG_FILE, defaultConfig } from "./config.js";
import { type ParsedConfig, parseConfig } from "./parse-config.js";

/** Reads the settings of the project in a folder. */
export async function readConfig(dir: string): Promise<ParsedConfig> {
  const own = await readJson(dir, CONFIG_FILE);
  const manifest = await readJson(dir, "package.json");
  const key = manifest?.root === undefined ? undefined : findProperty(manifest.root, "cuecard");
  if (own === undefined) {
    if (manifest === undefined) return { config: defaultConfig, diagnostics: [] };
    // An unreadable package.json may contain settings, which must not silently become the defaults.
    if (key === undefined)
      return { config: defaultConfig, diagnostics: manifest.text.includes('"cuecard"') ? manifest.diagnostics : [] };
    return parseConfig(key.value, manifest.lines, "package.json");
  }
  const diagnostics: Diagnostic[] = [...own.diagnostics];
  if (manifest !== undefined && key !== undefined)
    diagnostics.push(
      diagnose(
        "config/duplicate",
        { other: CONFIG_FILE },
        { file: "package.json", range: manifest.lines.range(key.name.offset, key.name.offset + key.name.length) },
      ),
    );
  if (own.root === undefined) return { config: defaultConfig, diagnostics };
  const parsed = parseConfig(own.root, own.lines, CONFIG_FILE);
  return { ...parsed, diagnostics: [...diagnostics, ...parsed.diagnostics] };
}

async function readJson(dir: string, file: string): Promise<(JsonDocument & { readonly text: string }) | undefined> {
  const refuse = (diagnostic: Diagnostic) => ({
    ...parseJsonDocument("{}", file),
    // It may hold settings.
    text: '"cuecard"',
    root: undefined,
    diagnostics: [diagnostic],
  });
  const nonFile = findNonFile(dir, file);
  if (nonFile !== undefined)
    return refuse(diagnose("project/not-a-file", { what: nonFile.what }, { file: nonFile.path }));
  try {
    const data = await readFile(path.join(dir, file));
    const { text, failure } = decodeUtf8(data);
    if (failure === undefined) return { text, ...parseJsonDocument(text, file) };
    // The text serves to see whether package.json may hold settings.
    const shown = data.toString("latin1").replaceAll("\0", "");
    return {
      ...parseJsonDocument("{}", file),
      text: shown,
      root: undefined,
      diagnostics: [reportNotUtf8(failure, { file })],
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const skipped = file === CONFIG_FILE ? findSkippedFile(dir, file) : undefined;
    return skipped && refuse(skipped);
  }
}

/** The property of an object with a name. */
export function findProperty(object: JsonNode, wanted: string): { name: JsonNode; value: JsonNode } | undefined {
  for (const property of object.children ?? []) {
    const [name, value] = property.children ?? [];
    if (name?.value === wanted && value !== undefined) return { name, value };
  }
  return undefined;
}
