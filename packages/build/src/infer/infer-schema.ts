// The input's JSON Schema when the front matter gives none: what the template's uses of a variable allow it to be.

import {
  BOOLEAN,
  EVERY_KIND,
  type Kinds,
  LIST,
  NULL,
  NUMBER,
  OBJECT,
  STRING,
  TEXT,
  typesOf,
} from "../language/kinds.js";
import type { JsonSchema } from "../model.js";
import { referenceTo } from "../schema/resolve-pointer.js";
import type { PartialFunction } from "../template/ir.js";
import type { TemplateUsage } from "./infer-usage.js";
import { allOf, isUsed, MAX_VALUES, type Usage } from "./usage.js";

/**
 * An object schema whose properties are the template's variables, in order of first use. The context of a partial that
 * includes itself is a definition, named after the partial. `undefined` if it would describe too many values.
 */
export function inferInputSchema(
  usage: TemplateUsage,
  defaults: Readonly<Record<string, unknown>>,
): JsonSchema | undefined {
  const inference = new SchemaInference(usage.partials);
  const input = inference.object(usage.input, (name, member) => isRequired(member) && !Object.hasOwn(defaults, name));
  const definitions = inference.definitions();
  if (inference.isTooLarge) return undefined;
  return definitions === undefined ? input : { ...input, $defs: definitions };
}

class SchemaInference {
  readonly #partials: TemplateUsage["partials"];
  /** The partials that are referred to, in order of first use. */
  readonly #referred = new Set<PartialFunction>();
  /** How many sections are around the value that is described. */
  #depth = 0;
  #valuesInSections = 0;

  constructor(partials: TemplateUsage["partials"]) {
    this.#partials = partials;
  }

  get isTooLarge(): boolean {
    return this.#valuesInSections > MAX_VALUES;
  }

  object(usage: Usage, isNeeded: (name: string, member: Usage) => boolean): JsonSchema {
    const properties: [string, JsonSchema][] = [];
    const required: string[] = [];
    for (const [name, member] of usage.members) {
      properties.push([name, this.#value(member)]);
      if (isNeeded(name, member)) required.push(name);
    }
    return {
      type: "object",
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required }),
    };
  }

  /** The contexts of the partials that were referred to, and of those that these refer to. */
  definitions(): Record<string, JsonSchema> | undefined {
    const definitions: [string, JsonSchema][] = [];
    for (const partial of this.#referred) {
      const usage = this.#partials.get(partial);
      definitions.push([partial.name, usage === undefined ? {} : this.#value(usage)]);
    }
    return definitions.length === 0 ? undefined : Object.fromEntries(definitions);
  }

  #value(usage: Usage): JsonSchema {
    if (this.#depth > 0) this.#valuesInSections++;
    if (this.isTooLarge) return {};
    const schema = this.#unmarkedValue(usage);
    return usage.untrusted ? { ...schema, untrusted: true } : schema;
  }

  #unmarkedValue(usage: Usage): JsonSchema {
    const references = [...usage.partials].map((partial) => this.#reference(partial));
    const own = this.#ownValue(usage);
    const [reference] = references;
    if (reference === undefined) return own;
    if (Object.keys(own).length === 0 && references.length === 1) return reference;
    return { allOf: [...(Object.keys(own).length === 0 ? [] : [own]), ...references] };
  }

  #section(usage: Usage): JsonSchema {
    this.#depth++;
    const schema = this.#value(usage);
    this.#depth--;
    return schema;
  }

  #reference(partial: PartialFunction): JsonSchema {
    this.#referred.add(partial);
    return { $ref: referenceTo(["$defs", partial.name]) };
  }

  #ownValue(usage: Usage): JsonSchema {
    const { wanted } = usage;
    if (usage.whole) return ofKinds(wanted);
    const forms: JsonSchema[] = [];
    const scalars = scalarKinds(usage) & wanted;
    if (scalars !== 0) forms.push(ofKinds(scalars | (wanted === EVERY_KIND ? 0 : wanted & NULL)));
    if ((wanted & LIST) !== 0) forms.push(...this.#lists(usage));
    if ((wanted & OBJECT) !== 0) forms.push(...this.#objects(usage));
    // An entry by number need not be a list's: it may be an object's member, or a character of a string.
    if (forms.length > 0 && (wanted & LIST) !== 0 && usage.items === undefined && hasEntries(usage))
      forms.push({ type: "array" });
    const [form] = forms;
    // Only tested, or passed on: any value of the wanted kinds is accepted.
    if (form === undefined) return ofKinds(wanted);
    return forms.length === 1 ? form : { anyOf: forms };
  }

  #lists({ items, keyed, section, members }: Usage): JsonSchema[] {
    const forms: JsonSchema[] = [];
    if (items !== undefined) {
      const entries = [...members].filter(([name]) => isEntry(name)).map(([, entry]) => entry);
      const item = this.#value(entries.length === 0 ? items : allOf([items, ...entries]));
      forms.push({ type: "array", items: item });
      if (keyed) forms.push({ type: "object", additionalProperties: item });
    }
    if (section !== undefined && isUsed(section)) forms.push({ type: "array", items: this.#section(section) });
    return forms;
  }

  #objects(usage: Usage): JsonSchema[] {
    const { members, section } = usage;
    const forms: JsonSchema[] = [];
    if (section !== undefined && isUsed(section)) forms.push(this.#section(section));
    const isList = [...members.keys()].every((name) => name === "length" || isEntry(name));
    return isList ? forms : [...forms, this.object(usage, (_, member) => isRequired(member))];
  }
}

function hasEntries({ members }: Usage): boolean {
  return [...members.keys()].some(isEntry);
}

function isEntry(name: string): boolean {
  return /^\d+$/.test(name);
}

/** A variable is optional if every use of it and of its members is guarded by a test of it. */
function isRequired(usage: Usage): boolean {
  return usage.unguarded || (!usage.tested && [...usage.members.values()].some(isRequired));
}

/**
 * A value inserted as text is a string or a number; one that is compared is of the kind of what it is compared with.
 */
function scalarKinds({ text, compared, section }: Usage): Kinds {
  const known = compared & TEXT;
  const read = text ? known || STRING | NUMBER : known;
  const kinds = read === 0 ? 0 : read | (compared & NULL);
  return section !== undefined && isUsed(section) ? kinds | BOOLEAN : kinds;
}

function ofKinds(kinds: Kinds): JsonSchema {
  if (kinds === EVERY_KIND) return {};
  const types = typesOf(kinds);
  const [only] = types;
  if (only === undefined) return {};
  return { type: types.length === 1 ? only : types };
}
