// The document that running services follow: where every alias of aliases.json leads, in one file.

import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type AliasEntry, compareText, type Diagnostic, diagnose, hasErrors, writeFailure } from "@cuecard/model";
import { replaceFile } from "@cuecard/registry";
import { NO_TEXTS, type Project } from "../read/project.js";
import { readReplaceable } from "./replaceable-file.js";

export interface PointersOptions {
  /** The file to write, relative to the project's folder. One that is there must be such a document. Default: none. */
  readonly out?: string | undefined;
  /** The file with the Ed25519 private key that signs the document (PEM, PKCS #8), relative to the project's folder. */
  readonly sign?: string | undefined;
  /** The number of the document, which must grow with each one. Default: none. */
  readonly sequence?: number | undefined;
}

export interface PointersOutcome {
  /** `undefined` if there are errors. */
  readonly document: PointersDocument | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PointersDocument {
  /** JSON, with a line end. */
  readonly text: string;
  /** How many prompts and aliases it names. */
  readonly prompts: number;
  readonly aliases: number;
  /** Whether the file was written: not without `out`, and not if it was the same already. */
  readonly written: boolean;
}

/** What the runtime reads: see runtime/src/follow/document.ts. */
const FORM = 1;

export async function writePointers(
  project: Project,
  { out, sign: keyFile, sequence }: PointersOptions,
): Promise<PointersOutcome> {
  const { snapshot, diagnostics } = await project.snapshot({ texts: NO_TEXTS });
  if (snapshot === undefined || hasErrors(diagnostics)) return { document: undefined, diagnostics };
  const failed = (error: Diagnostic) => ({ document: undefined, diagnostics: [...diagnostics, error] });
  const key = keyFile === undefined ? undefined : await readKey(project.dir, keyFile);
  if (key !== undefined && "code" in key) return failed(key);
  const pointers = pointersOf(snapshot.aliases);
  const content = { pointersVersion: FORM, ...(sequence === undefined ? {} : { sequence }), pointers };
  const text = `${JSON.stringify(key === undefined ? content : signed(content, key), undefined, 2)}\n`;
  const counts = { prompts: Object.keys(pointers).length, aliases: snapshot.aliases.length };
  if (out === undefined) return { document: { text, ...counts, written: false }, diagnostics };
  const file = path.resolve(project.dir, out);
  const shown = path.relative(project.dir, file) || out;
  const before = await readReplaceable(file, shown);
  if ("code" in before) return failed(before);
  const isSame = before.text === text;
  try {
    if (!isSame) await replaceFile(file, text);
    return { document: { text, ...counts, written: !isSame }, diagnostics };
  } catch (error) {
    return failed(writeFailure(error, shown, shown));
  }
}

/** Sorted, as aliases.json has them; an alias that follows releases leads to its version. */
export function pointersOf(aliases: readonly AliasEntry[]): Readonly<Record<string, object>> {
  const sorted = [...aliases].sort((a, b) => compareText(a.name, b.name) || compareText(a.alias, b.alias));
  const prompts = new Map<string, (readonly [alias: string, target: unknown])[]>();
  for (const entry of sorted) {
    const target = [entry.alias, targetOf(entry)] as const;
    const targets = prompts.get(entry.name);
    if (targets === undefined) prompts.set(entry.name, [target]);
    else targets.push(target);
  }
  return Object.fromEntries([...prompts].map(([name, targets]) => [name, Object.fromEntries(targets)]));
}

function targetOf({ target }: AliasEntry): unknown {
  if (target.kind === "working") return target.kind;
  if (target.kind === "version") return `v${target.version}`;
  return Object.fromEntries(target.arms.map(({ version, weight }) => [`v${version}`, weight]));
}

function signed(content: object, key: KeyObject): object {
  const payload = JSON.stringify(content);
  return { payload, signature: sign(null, Buffer.from(payload), key).toString("base64") };
}

async function readKey(dir: string, keyFile: string): Promise<KeyObject | Diagnostic> {
  const absolute = path.resolve(dir, keyFile);
  const file = path.relative(dir, absolute);
  const unusable = (problem: string) => diagnose("alias/unusable-key", { file, problem }, { file });
  let pem: string;
  try {
    pem = await readFile(absolute, "utf8");
  } catch (error) {
    return unusable(error instanceof Error ? `it cannot be read (${error.message})` : "it cannot be read");
  }
  if (pem.includes("BEGIN PUBLIC KEY")) return unusable("it is a public key");
  if (pem.includes("BEGIN OPENSSH")) return unusable("it is an SSH key");
  if (pem.includes("BEGIN ENCRYPTED")) return unusable("it is encrypted with a passphrase");
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === "ed25519" ? key : unusable(`it is a key of the kind ${key.asymmetricKeyType}`);
  } catch {
    return unusable("it is not a private key in PEM");
  }
}
