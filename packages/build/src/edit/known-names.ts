// What can be written in a text, for completion. It needs no text that compiles: most do not while they are typed.

import { partialCandidates, partialName } from "@cuecard/model";
import type { HelperParameter, HelperSignature } from "../language/helper-signature.js";
import {
  BLOCK_HELPERS,
  type BlockHelper,
  INLINE_HELPERS,
  type InlineHelper,
  ROLES,
  UNTRUSTED,
} from "../language/language.js";
import type { JsonSchema } from "../model.js";
import { locateFences } from "../parse/split-front-matter.js";
import { type KnownVariable, membersOf } from "./known-variables.js";
import { findScopes, findUsedNames, type NameScope } from "./name-scopes.js";

export interface NamesSource {
  /** As the compiler reads it: without a byte-order mark, and with `\n` as line end. */
  readonly text: string;
  /** The prompt's name; of a partial, where prompts that use it may be: `finance/guidelines`. */
  readonly name: string;
  /** The input of the template; `undefined` if it is not known. */
  readonly input: JsonSchema | undefined;
  /** All partials, by their paths within the prompts folder. */
  readonly partials: readonly string[];
  /** The names of all named schemas. */
  readonly schemas: readonly string[];
  /** The project's own helpers. */
  readonly helpers: readonly HelperSignature[];
}

/** Ranges are offsets in UTF-16 units into the text. */
export interface KnownNames {
  /** Where template text is, behind the front matter. */
  readonly template: { readonly from: number; readonly to: number };
  /** The variables at the top of the template. */
  readonly variables: readonly KnownVariable[];
  /** Inside blocks that change what names mean, outermost first; the last one that contains a place counts there. */
  readonly scopes: readonly NameScope[];
  readonly partials: readonly KnownName[];
  /** Those of the language, then the project's. */
  readonly helpers: readonly KnownHelper[];
  /** What can follow `{{#`. */
  readonly blocks: readonly KnownName[];
  /** What `{{role "…"}}` takes. */
  readonly roles: readonly string[];
  /** Names of schemas in files. */
  readonly schemas: readonly string[];
}

export interface KnownName {
  readonly name: string;
  /** A sentence or less. */
  readonly description?: string;
}

export interface KnownHelper extends KnownName {
  /** `currency(amount, places=…)`. */
  readonly signature: string;
}

export function knownNames(source: NamesSource): KnownNames {
  const { text, name, input, schemas, helpers } = source;
  const from = templateStart(text);
  const variables = input === undefined ? findUsedNames(text, from) : membersOf(input, input);
  return {
    template: { from, to: text.length },
    variables,
    scopes: findScopes(text, from, variables),
    partials: reachablePartials(name, source.partials),
    helpers: [...LANGUAGE_HELPERS, ...helpers.map(describeHelper)],
    blocks: BLOCKS,
    roles: ROLES,
    schemas,
  };
}

function templateStart(text: string): number {
  const fences = locateFences(text);
  if (fences.kind === "none") return 0;
  return fences.kind === "fenced" ? fences.bodyStart : text.length;
}

/** Each partial by the shortest name that leads to it from a prompt's folder. */
function reachablePartials(prompt: string, paths: readonly string[]): KnownName[] {
  const known = new Set(paths);
  const find = (name: string) => partialCandidates(prompt, name).find((candidate) => known.has(candidate));
  return paths.flatMap((path) => {
    const whole = partialName(path).split("/");
    const names = whole.map((_, index) => whole.slice(whole.length - index - 1).join("/"));
    const name = names.find((candidate) => find(candidate) === path);
    return name === undefined ? [] : [{ name, description: path }];
  });
}

const BLOCK_TEXTS: Readonly<Record<BlockHelper, string>> = {
  if: "Printed if the value is there: not false, 0, empty or missing",
  unless: "Printed if the value is false, 0, empty or missing",
  each: "Printed for each item of a list or object",
  with: "Makes a value the context",
  ifEquals: "Printed if two values are the same",
  unlessEquals: "Printed if two values differ",
};

const BLOCKS: readonly KnownName[] = BLOCK_HELPERS.map((name) => ({ name, description: BLOCK_TEXTS[name] }));

type Described = readonly [signature: string, description: string];

const INLINE_TEXTS: Readonly<Record<InlineHelper | typeof UNTRUSTED, Described>> = {
  json: ["json value indent=2", "Prints a value as JSON"],
  lookup: ["lookup object key", "The member of an object or list with a computed key"],
  untrusted: ["untrusted value", "Prints a value between delimiters that it cannot contain"],
  role: ['role "system"', "Begins a message of this role"],
  history: ["history", "The place of the earlier conversation"],
  media: ["media url=picture", "Adds an image or another file to the message"],
  section: ['section "name"', "A place that callers can fill with text"],
  log: ["log value", "Accepted as in Handlebars; prints nothing"],
};

const LANGUAGE_HELPERS: readonly KnownHelper[] = [...INLINE_HELPERS, UNTRUSTED].map((name) => {
  const [signature, description] = INLINE_TEXTS[name as InlineHelper];
  return { name, signature, description };
});

function describeHelper({ name, positional, rest, named }: HelperSignature): KnownHelper {
  const optional = ({ name: own, optional: isOptional }: HelperParameter) => (isOptional ? `[${own}]` : own);
  const parts = [
    ...positional.map(optional),
    ...(rest === undefined ? [] : [`${rest.name}…`]),
    ...named.map(({ name: own, optional: isOptional }) => (isOptional ? `[${own}=…]` : `${own}=…`)),
  ];
  return { name, signature: [name, ...parts].join(" "), description: "A helper of this project" };
}
