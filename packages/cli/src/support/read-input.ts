// What options and files give a command: the variables to render a prompt with (from a JSON file or standard input, and
// from `--var name=text` and `--var name:=json`), a text, a person.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "@cuecard/model";
import type { Person } from "@cuecard/project";
import { decodeInput } from "../decode-input.js";
import type { Terminal } from "../terminal/terminal.js";

export interface InputOptions {
  /** `name=value` or `name:=json`; these override the file. */
  readonly var: readonly string[];
  readonly input?: string;
}

/** @throws UsageError when the input cannot be read. */
export async function readInput(terminal: Terminal, options: InputOptions): Promise<Record<string, unknown>> {
  const fromFile = options.input === undefined ? {} : await readInputFile(terminal, options.input);
  const assigned = options.var.map(parseAssignment);
  return Object.fromEntries([...Object.entries(fromFile), ...assigned]);
}

async function readInputFile(terminal: Terminal, file: string): Promise<object> {
  const shown = nameInput(file);
  const value = parseJson(await readText(terminal, file), shown);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`${shown} must be a JSON object with the variables`);
  return value;
}

function parseAssignment(assignment: string): [string, unknown] {
  const { name, isJson, text } = splitAssignment(assignment);
  if (name === "") throw new UsageError(`--var ${assignment} has no variable name`);
  return [name, isJson ? parseJson(text, `--var ${name}`) : text];
}

/** Splits `name=text` or `name:=json`. */
export function splitAssignment(assignment: string): { name: string; isJson: boolean; text: string } {
  const at = assignment.indexOf("=");
  const isJson = assignment[at - 1] === ":";
  return { name: assignment.slice(0, isJson ? at - 1 : at), isJson, text: assignment.slice(at + 1) };
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${what} is not valid JSON: ${(error as Error).message}`);
  }
}

/**
 * A text from a file or, for `-`, from standard input; without a byte-order mark.
 *
 * @throws UsageError when the file cannot be read. RequestError when it is not UTF-8 text.
 */
export async function readText(terminal: Terminal, from: string): Promise<string> {
  let data: Uint8Array;
  try {
    data = from === "-" ? await terminal.stdin.readAll() : await readFile(path.resolve(terminal.cwd, from));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const problem = missing ? `file not found: ${from}` : `cannot read ${nameInput(from)}: ${(error as Error).message}`;
    throw new UsageError(problem);
  }
  return decodeInput(data, nameInput(from));
}

function nameInput(file: string): string {
  return file === "-" ? "standard input" : file;
}

/**
 * The person of `--identity "Name <mail@example.com>"`.
 *
 * @throws UsageError when the text is not a name and a mail address.
 */
export async function readIdentity(written: string | undefined): Promise<Person | undefined> {
  if (written === undefined) return undefined;
  const { parsePerson } = await import("@cuecard/project");
  const person = parsePerson(written);
  if (person === undefined)
    throw new UsageError(`--identity "${written}" is not valid; write "Name <mail@example.com>"`);
  return person;
}
