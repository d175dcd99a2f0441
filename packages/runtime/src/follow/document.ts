// Reads a document that moves pointers. It has one of three forms; the types of the values show which:
//
//   { "greet": { "production": "v3" } }                                                     aliases.json itself
//   { "pointersVersion": 1, "sequence": 7, "pointers": { "greet": { "production": "v3" } } }   what `cuecard pointers` writes
//   { "payload": "<the second form, as text>", "signature": "<base64>" }                       the same, signed
//
// A document is taken as a whole or not at all: with one mistake in it, none of it is used.

import { hasExactSum, isWeight, parseVersionRef } from "../target.js";
import { FollowError, messageOf, shorten } from "./follow-error.js";
import type { PointerTarget } from "./follow-types.js";
import { parseStrictJson } from "./strict-json.js";

/** Ascending versions with their weights; one for a pointer that is not weighted. */
export type Arms = readonly { readonly version: number; readonly weight: number }[];

export interface WantedPointer {
  readonly name: string;
  readonly alias: string;
  /** As it is written. */
  readonly written: PointerTarget;
  readonly target: Arms | "working" | "latest";
}

export interface PointerDocument {
  readonly sequence: number | undefined;
  readonly pointers: readonly WantedPointer[];
}

/** A signed document, its payload not read yet. */
export interface SignedText {
  readonly payload: string;
  /** Base64. */
  readonly signature: string;
}

const NEWEST_FORM = 1;

/** A document's text as JSON. @throws FollowError */
export function parseDocument(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    throw malformed(messageOf(error), error);
  }
}

/** @param root The JSON value of a document. @throws FollowError */
export function readSigned(root: unknown): SignedText | undefined {
  if (!isRecord(root) || typeof root["payload"] !== "string") return undefined;
  const { payload, signature } = root;
  if (typeof signature !== "string") throw malformed("it has a payload and no signature");
  return { payload, signature };
}

/** @param root The JSON value of a document, or of the payload of a signed one. @throws FollowError */
export function readPointers(root: unknown): PointerDocument {
  if (!isRecord(root)) throw malformed("it is not an object");
  const form = root["pointersVersion"];
  if (form === undefined || isRecord(form)) return { sequence: undefined, pointers: readPrompts(root) };
  if (form !== NEWEST_FORM)
    throw malformed(`its pointersVersion is ${show(form)}, and this version of @cuecard/runtime reads ${NEWEST_FORM}`);
  const { sequence, pointers } = root;
  if (sequence !== undefined && !(Number.isSafeInteger(sequence) && (sequence as number) >= 0))
    throw malformed(`its sequence is ${show(sequence)} and not an integer from 0 to 2^53 - 1`);
  if (!isRecord(pointers)) throw malformed("its pointers are not an object");
  return { sequence: sequence as number | undefined, pointers: readPrompts(pointers) };
}

function readPrompts(prompts: Readonly<Record<string, unknown>>): WantedPointer[] {
  return Object.entries(prompts).flatMap(([name, aliases]) => {
    if (name === "$schema") return [];
    if (!isRecord(aliases)) throw malformed(`${show(name)} is not an object of aliases`);
    return Object.entries(aliases).map(([alias, value]) => ({ name, alias, ...readTarget(`${name}@${alias}`, value) }));
  });
}

function readTarget(at: string, value: unknown): Pick<WantedPointer, "written" | "target"> {
  if (value === "working" || value === "latest") return { written: value, target: value };
  if (typeof value === "string") return { written: value, target: [{ version: readVersion(at, value), weight: 1 }] };
  if (!isRecord(value)) throw malformed(`${at} is ${show(value)} and not a version such as "v3"`);
  const arms = Object.entries(value).map(([version, weight]) => {
    if (!isWeight(weight))
      throw malformed(`${at}: the weight of ${version} is ${show(weight)} and not a positive integer`);
    return { version: readVersion(at, version), weight };
  });
  if (arms.length === 0) throw malformed(`${at} has no weights`);
  if (!hasExactSum(arms)) throw malformed(`${at}: the weights add up to more than 2^53`);
  const written = Object.fromEntries(arms.map(({ version, weight }) => [`v${version}`, weight]));
  return { written: Object.freeze(written), target: arms.sort((a, b) => a.version - b.version) };
}

function readVersion(at: string, text: string): number {
  const version = parseVersionRef(text);
  if (version === undefined) throw malformed(`${at}: ${show(text)} is not a version such as "v3"`);
  return version;
}

export function malformed(problem: string, cause?: unknown): FollowError {
  return new FollowError("malformed", `the document with pointers cannot be read: ${shorten(problem)}`, { cause });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const MOST_SHOWN = 80;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
