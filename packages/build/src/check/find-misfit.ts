// Where a value does not fit what a helper takes, as far as both are known: its kind, one of its only values, an item, a member.

import { nearest } from "@cuecard/runtime";
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
import type { Shape } from "./shape.js";

export type Misfit =
  | {
      readonly kind: "wrong";
      /** From the value to what does not fit: `[].price`; empty for the value itself. */
      readonly path: string;
      readonly wanted: string;
      readonly found: string;
      readonly nearest: string | undefined;
    }
  /** It fits, unless it is missing. */
  | { readonly kind: "missing"; readonly path: string };

/** @param optional Whether nothing will do as well. Where a value may be something, null counts as nothing. */
export function findMisfit(shape: Shape, type: ValueType, optional: boolean): Misfit | undefined {
  const { kinds } = shape;
  if (type === "any" || isAnything(kinds) || kinds === 0) return undefined;
  const wanted = kindsOf(type) | (optional ? UNDEFINED : 0);
  const something = kinds & ~NOTHING;
  const isWrong = something === 0 ? (kinds & wanted) === 0 : (something & ~wanted) !== 0;
  if (isWrong)
    return { kind: "wrong", path: "", wanted: nameKinds(wanted), found: nameKinds(kinds), nearest: undefined };
  const inside = wrongValue(shape, type) ?? misfitInside(shape, something, type);
  if (inside?.kind === "wrong") return inside;
  const tolerated = wanted | (optional && something !== 0 ? NULL : 0);
  return (kinds & NOTHING & ~tolerated) === 0 ? inside : { kind: "missing", path: "" };
}

/** One of the value's own constants that is not among those wanted. Of a text that may be any, nothing is said. */
function wrongValue({ kinds, constants }: Shape, type: readonly ValueForm[]): Misfit | undefined {
  const values = type.flatMap((form) => (typeof form === "object" && "values" in form ? form.values : []));
  const listed: Kinds = values.reduce((all: Kinds, value) => all | kindOfValue(value), 0);
  const whole = kindsOf(type.filter((form) => typeof form === "string"));
  const wrong = constants?.find((value) => {
    const kind = kindOfValue(value);
    return (kind & kinds & listed & ~whole) !== 0 && !values.some((one) => one === value);
  });
  if (wrong === undefined) return undefined;
  const names = values.map((value) => JSON.stringify(value));
  return {
    kind: "wrong",
    path: "",
    wanted: names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`,
    found: JSON.stringify(wrong),
    nearest:
      typeof wrong === "string"
        ? nearest(
            wrong,
            values.filter((value) => typeof value === "string"),
          )
        : undefined,
  };
}

/** In a list or an object for which the type has one form. */
function misfitInside(shape: Shape, kinds: Kinds, type: readonly ValueForm[]): Misfit | undefined {
  const forms = type.filter((form) => (kindsOf([form]) & kinds) !== 0);
  const [form] = forms;
  if (forms.length !== 1 || typeof form !== "object") return undefined;
  if (kinds === LIST && "items" in form) return at("[]", findMisfit(shape.present.item(), form.items, false));
  if (kinds !== OBJECT || !("members" in form)) return undefined;
  const { members, others } = form;
  if (members.length === 0) return others && at(".*", findMisfit(shape.present.item(), others, true));
  let missing: Misfit | undefined;
  for (const member of members) {
    const misfit = at(`.${member.name}`, misfitOfMember(shape.present, member));
    if (misfit?.kind === "wrong") return misfit;
    missing ??= misfit;
  }
  return missing;
}

function misfitOfMember(object: Shape, { name, type, optional }: HelperParameter): Misfit | undefined {
  const member = object.member(name);
  if (member !== undefined) return findMisfit(member, type, optional);
  if (optional || type === "any" || type.includes("undefined")) return undefined;
  return { kind: "wrong", path: "", wanted: nameKinds(kindsOf(type)), found: "nothing", nearest: undefined };
}

function at(step: string, misfit: Misfit | undefined): Misfit | undefined {
  return misfit && { ...misfit, path: step + misfit.path };
}
