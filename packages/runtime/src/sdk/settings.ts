// A prompt's settings under the names of an SDK. The names are data, from which the types follow as well.

import { shorten } from "../issue.js";
import { ownProperty } from "../safe-members.js";
import { attempt, PromptRequestError } from "./request-error.js";
import type { Sendable } from "./sendable.js";

/** What an SDK calls the settings that it knows, by their names in snake case. Prompts may write them in camel case. */
export type SettingNames = Readonly<Record<string, string>>;

/** The values of settings that only allow some texts. */
export type SettingChoices = Readonly<Record<string, readonly string[]>>;

type Camel<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

type Spelling<Name extends string> = Name extends unknown ? Name | Camel<Name> : never;

/** The SDK's names by those in both spellings. */
type InBothSpellings<Names extends SettingNames> = {
  readonly [Name in keyof Names & string as Spelling<Name>]: Names[Name];
};

/** The settings of a prompt that an SDK does not know; for several versions, of any. Those of prompts found at run time are checked then. */
export type UnknownSettings<Config, Names extends SettingNames> = Config extends unknown
  ? string extends keyof Config
    ? never
    : Exclude<keyof Config & string, Spelling<keyof Names & string>>
  : never;

/** A prompt's settings under the SDK's names. */
export type Settings<
  Config,
  Names extends SettingNames,
  Lists extends string = never,
  Choices extends SettingChoices = Record<never, never>,
> = Config extends unknown
  ? string extends keyof Config
    ? unknown
    : {
        [Name in keyof Config as NameOf<Name, InBothSpellings<Names>>]: ValueOf<
          Config[Name],
          NameOf<Name, InBothSpellings<Names>>,
          Lists,
          Choices
        >;
      }
  : never;

type NameOf<Name, Known> = Name extends keyof Known ? Known[Name] & string : never;

type ValueOf<Value, Name, Lists extends string, Choices extends SettingChoices> = Name extends Lists
  ? Value extends string
    ? string[]
    : Value
  : Name extends keyof Choices
    ? Choices[Name][number]
    : Value;

interface SettingRules {
  /** The API's name, for error messages. */
  readonly sdk: string;
  readonly names: SettingNames;
  /** Settings whose value is a list; a prompt may have a single text. */
  readonly lists?: readonly string[];
  readonly choices?: SettingChoices;
}

/**
 * @returns An object without a prototype.
 * @throws PromptRequestError if the SDK does not know a setting, or two of them set the same.
 */
export function settingsOf(prompt: Sendable, rules: SettingRules): object {
  return attempt(prompt.uri, () => readSettings(prompt, rules));
}

function readSettings(prompt: Sendable, { sdk, names, lists = [], choices = {} }: SettingRules): object {
  const settings: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(prompt.config)) {
    const name = ownProperty(
      names,
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    ) as string | undefined;
    if (name === undefined) throw new PromptRequestError(prompt.uri, `${sdk} has no setting ${shorten(key)}`);
    if (name in settings)
      throw new PromptRequestError(prompt.uri, `"${key}" sets ${name}, which another setting already sets; keep one`);
    const allowed = ownProperty(choices, name) as readonly unknown[] | undefined;
    if (allowed && !allowed.includes(value))
      throw new PromptRequestError(prompt.uri, `${key} must be one of ${allowed.join(", ")}`);
    settings[name] = lists.includes(name) && typeof value === "string" ? [value] : copyOf(value);
  }
  return settings;
}

/** Prompts are frozen; what callers get is theirs. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  return typeof value === "object" && value !== null
    ? (Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyOf(member)])) as T)
    : value;
}
