// The fields of the generated package's package.json by which programs find its modules and types.

import { parse } from "jsonc-parser";
import { setJson } from "./set-json.js";

interface Conditions {
  readonly [condition: string]: string | Conditions;
}

/** @param file The module without its ending, relative to dist. */
function conditionsOf(file: string): Conditions {
  return {
    // `require` of Node: a process that imports and requires the package has one copy of it.
    "module-sync": plainConditions(file),
    // `require` of others, such as Jest.
    require: { types: `./dist/${file}.d.cts`, default: `./dist/${file}.cjs` },
    default: plainConditions(file),
  };
}

function plainConditions(file: string): Conditions {
  return { types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` };
}

const INDEX = "index";
const FOLLOW = "follow";
const PER_PROMPT = "prompts/*";

/** What resolvers read that do not know `exports`, such as `"moduleResolution": "node10"`. */
const OLDER = {
  main: "./dist/index.cjs",
  types: "./dist/index.d.ts",
  typesVersions: {
    "*": {
      // The field `types` is looked up here as well.
      "dist/index.d.ts": ["./dist/index.d.ts"],
      "manifest.json": ["./dist/manifest.json"],
      follow: ["./dist/follow.d.ts"],
      "*": ["./dist/prompts/*.d.ts"],
    },
  },
};

export const entryPoints: Readonly<Record<string, unknown>> = {
  ...OLDER,
  exports: {
    ".": conditionsOf(INDEX),
    "./manifest.json": "./dist/manifest.json",
    "./follow": conditionsOf(FOLLOW),
    "./*": conditionsOf(PER_PROMPT),
  },
};

/**
 * Adds what package.json lacks if an earlier version of `init` wrote its entry points. Others are left as they are.
 *
 * @param text A JSON object.
 */
export function updateEntryPoints(text: string): string {
  const { exports: entries, ...manifest } = parse(text) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const isOneOf = (entry: string, forms: readonly Conditions[]) =>
    forms.some((form) => JSON.stringify(entries?.[entry]) === JSON.stringify(form));
  const isKnown = (entry: string, file: string) => isOneOf(entry, [plainConditions(file), conditionsOf(file)]);
  if (!isKnown(".", INDEX) || !isKnown("./*", PER_PROMPT)) return text;
  const missing = Object.entries(OLDER).filter(([field]) => !Object.hasOwn(manifest, field));
  const edited = missing.reduce((edited, [field, value]) => setJson(edited, [field], value), text);
  const aliases = (manifest["typesVersions"] as typeof OLDER.typesVersions | undefined)?.["*"];
  const complete =
    aliases === undefined || Object.hasOwn(aliases, FOLLOW)
      ? edited
      : setJson(edited, ["typesVersions", "*", FOLLOW], OLDER.typesVersions["*"][FOLLOW]);
  const current = [
    [".", INDEX],
    ["./follow", FOLLOW],
    ["./*", PER_PROMPT],
  ] as const;
  return current
    .filter(([entry, file]) => !isOneOf(entry, [conditionsOf(file)]))
    .reduce((edited, [entry, file]) => setJson(edited, ["exports", entry], conditionsOf(file)), complete);
}
