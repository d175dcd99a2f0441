// Warns of model settings that model APIs refuse, or that none of them knows because the name is misspelled. Settings are passed
// through, so they stay as they are.

import { type Diagnostic, diagnose, type Place, type Range } from "@cuecard/model";
import { describeValue, ownProperty } from "@cuecard/runtime";
import { fold } from "../hints/front-matter-keys.js";
import { findStrayInName } from "../hints/stray-characters.js";
import { MAKERS, MODEL_SETTINGS, type ModelSetting, makerOf, OTHER_SETTINGS } from "./model-settings.js";

interface Places {
  /** Where the value at a path of keys is. */
  readonly value: (path: readonly string[]) => Place;
  /** Where the key at the end of a path is. */
  readonly key: (path: readonly string[]) => Range | undefined;
}

/** Each name as it may be written, with the setting in snake case. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.keys(MODEL_SETTINGS).flatMap((name) => [name, camelCase(name)].map((written) => [written, name] as const)),
);

/** Shorter names are too close to other words. */
const MIN_LETTERS = 6;

export function checkModelSettings(
  config: Readonly<Record<string, unknown>>,
  model: string | undefined,
  places: Places,
): Diagnostic[] {
  const maker = makerOf(model);
  const found: Diagnostic[] = [];
  /** The spelling of each setting that came first. */
  const earlier = new Map<string, string>();
  const isSnake = Object.keys(config).some((key) => key.includes("_"));
  for (const [key, value] of Object.entries(config)) {
    const path = ["config", key];
    const keyPlace = { ...places.value(path), range: places.key(path) };
    const name = SPELLINGS.get(key);
    if (name === undefined) {
      const meant = findMeant(key);
      if (meant === undefined) continue;
      const instead = isSnake ? meant : camelCase(meant);
      // Both spellings may be there, where one is for another API.
      if (!Object.hasOwn(config, instead))
        found.push(diagnose("front-matter/misspelled-setting", { setting: key, nearest: instead }, keyPlace));
      continue;
    }
    const first = earlier.get(name);
    if (first !== undefined)
      found.push(diagnose("front-matter/repeated-setting", { setting: key, other: first }, keyPlace));
    earlier.set(name, first ?? key);
    const ofMaker = maker === undefined ? undefined : (ownProperty(MAKERS[maker], name) as ModelSetting | undefined);
    const setting = ofMaker ?? MODEL_SETTINGS[name];
    if (setting === undefined || value === null || fits(setting, value)) continue;
    const args = {
      setting: key,
      expected: describeSetting(setting),
      actual: describeValue(value),
      maker: ofMaker === undefined ? undefined : maker,
    };
    found.push(diagnose("front-matter/setting-out-of-range", args, places.value(path)));
  }
  return found;
}

function fits(setting: ModelSetting, value: unknown): boolean {
  const { kind, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = setting;
  const isWithin = typeof value === "number" && value >= min && value <= max;
  const isTexts = Array.isArray(value) && value.every((item) => typeof item === "string");
  switch (kind) {
    case "number":
      return isWithin;
    case "integer":
      return isWithin && Number.isInteger(value);
    case "flag-or-integer":
      return typeof value === "boolean" || (isWithin && Number.isInteger(value));
    case "boolean":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string";
    case "texts":
      return isTexts;
    case "text-or-texts":
      return isTexts || typeof value === "string";
  }
}

const KINDS: Readonly<Record<ModelSetting["kind"], string>> = {
  number: "a number",
  integer: "an integer",
  "flag-or-integer": "true, false or an integer",
  boolean: "true or false",
  text: "a string",
  texts: "a list of strings",
  "text-or-texts": "a string or a list of strings",
};

function describeSetting({ kind, min, max }: ModelSetting): string {
  const range = max !== undefined ? ` from ${min} to ${max}` : min !== undefined ? ` of at least ${min}` : "";
  return `${KINDS[kind]}${range}`;
}

/** The setting that a name is a misspelling of, in snake case. */
function findMeant(key: string): string | undefined {
  // A name with a character that is not seen has a finding of its own.
  if (findStrayInName(key) !== undefined) return undefined;
  if (OTHER_SETTINGS.some((other) => other === key || camelCase(other) === key)) return undefined;
  const letters = fold(key);
  return Object.keys(MODEL_SETTINGS).find((name) => {
    const folded = fold(name);
    return folded === letters || (Math.min(folded.length, letters.length) >= MIN_LETTERS && isSlip(letters, folded));
  });
}

/**
 * Whether two words differ in only one place, by at most two letters. "Did you mean" elsewhere allows more, because it is only a hint
 * of another finding.
 */
function isSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - start - end <= 2;
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
