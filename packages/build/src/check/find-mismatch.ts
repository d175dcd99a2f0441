// Where a value's type does not match a helper's parameter, as far as both are known: in its kind, one of its listed
// values, an item or a member.

import { either } from "@cuecard/model";
import type { HelperParameter, ValueForm, ValueType } from "../language/helper-signature.js";
import {
  isAnything,
  type Kinds,
  kindOfValue,
  kindsOf,
  LIST,
  NOTHING,
  NULL,
  nameKinds,
  OBJECT,
  UNDEFINED,
} from "../language/kinds.js";
import { listValues } from "./list-values.js";
import type { StaticType } from "./static-type.js";

export type Mismatch =
  | {
      readonly kind: "wrong";
      /** From the value to the part that does not match: `[].price`; empty for the value itself. */
      readonly path: string;
      readonly wanted: string;
      readonly found: string;
      /** A text that is not one of the texts that are accepted. */
      readonly misspelled?: { readonly given: string; readonly accepted: readonly string[] };
    }
  /** It matches unless it is missing. */
  | { readonly kind: "missing"; readonly path: string };

/** @param optional Whether the value may be missing. For a value that may be something, null counts as missing. */
export function findMismatch(known: StaticType, type: ValueType, optional: boolean): Mismatch | undefined {
  const { kinds } = known;
  if (type === "any" || isAnything(kinds) || kinds === 0) return undefined;
  const wanted = kindsOf(type) | (optional ? UNDEFINED : 0);
  const something = kinds & ~NOTHING;
  const isWrong = something === 0 ? (kinds & wanted) === 0 : (something & ~wanted) !== 0;
  if (isWrong) return { kind: "wrong", path: "", wanted: nameKinds(wanted), found: nameKinds(kinds) };
  const inside = wrongValue(known, type) ?? mismatchInside(known, something, type);
  if (inside?.kind === "wrong") return inside;
  const tolerated = wanted | (optional && something !== 0 ? NULL : 0);
  return (kinds & NOTHING & ~tolerated) === 0 ? inside : { kind: "missing", path: "" };
}

/** One of the value's listed constants that the parameter does not accept. A string that may be anything is accepted. */
function wrongValue({ kinds, constants }: StaticType, type: readonly ValueForm[]): Mismatch | undefined {
  const values = type.flatMap((form) => (typeof form === "object" && "values" in form ? form.values : []));
  const listed: Kinds = values.reduce((all: Kinds, value) => all | kindOfValue(value), 0);
  const whole = kindsOf(type.filter((form) => typeof form === "string"));
  const wrong = constants?.find((value) => {
    const kind = kindOfValue(value);
    return (kind & kinds & listed & ~whole) !== 0 && !values.some((one) => one === value);
  });
  if (wrong === undefined) return undefined;
  const accepted = values.filter((value) => typeof value === "string");
  return {
    kind: "wrong",
    path: "",
    wanted: either(listValues(values)),
    found: JSON.stringify(wrong),
    ...(typeof wrong === "string" ? { misspelled: { given: wrong, accepted } } : {}),
  };
}

/** A mismatch inside a list or an object, if the parameter has one form for it. */
function mismatchInside(known: StaticType, kinds: Kinds, type: readonly ValueForm[]): Mismatch | undefined {
  const forms = type.filter((form) => (kindsOf([form]) & kinds) !== 0);
  const [form] = forms;
  if (forms.length !== 1 || typeof form !== "object") return undefined;
  if (kinds === LIST && "items" in form) return at("[]", findMismatch(known.present.item(), form.items, false));
  if (kinds !== OBJECT || !("members" in form)) return undefined;
  const { members, others } = form;
  if (members.length === 0) return others && at(".*", findMismatch(known.present.item(), others, true));
  let missing: Mismatch | undefined;
  for (const member of members) {
    const mismatch = at(`.${member.name}`, mismatchOfMember(known.present, member));
    if (mismatch?.kind === "wrong") return mismatch;
    missing ??= mismatch;
  }
  return missing;
}

function mismatchOfMember(object: StaticType, { name, type, optional }: HelperParameter): Mismatch | undefined {
  const member = object.member(name);
  if (member !== undefined) return findMismatch(member, type, optional);
  if (optional || type === "any" || type.includes("undefined")) return undefined;
  return { kind: "wrong", path: "", wanted: nameKinds(kindsOf(type)), found: "nothing" };
}

function at(step: string, mismatch: Mismatch | undefined): Mismatch | undefined {
  return mismatch && { ...mismatch, path: step + mismatch.path };
}
