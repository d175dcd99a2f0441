// A diagnostic: the only way in which a user's mistake is reported. Bugs throw.
// Its code, arguments, subject and place are data, which programs compare; message, hint and `ref` are the words for people.

import type { Finding, Severity, Stage } from "./catalogue/finding.js";
import { type Arguments, type Code, catalogue } from "./catalogue.js";
import { type Revision, revisionRef } from "./revision.js";

/** A place in a file: 1-based line and 1-based column (UTF-16 units), as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From `start` to `end`, `end` exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Which prompt, version or alias a finding is about. A prompt alone is its working file, or the prompt as a whole. */
export interface Subject {
  readonly name: string;
  readonly version?: number;
  readonly alias?: string;
}

/** Where a finding is. */
export interface Place {
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
  /** Default: the working tree. */
  readonly revision?: Revision | undefined;
  readonly range?: Range | undefined;
}

/** A replacement of text in a file of the working tree. */
export interface TextEdit {
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
  /** What is replaced; empty for an insertion. Positions are those of the file as findings count them. */
  readonly range: Range;
  /** With `\n` as line end. */
  readonly text: string;
}

/** A finding: a problem or a note. It is plain data and can be stored as JSON. {@link hasCode} narrows it to one code. */
export interface Diagnostic<C extends Code = Code> {
  /** Permanent, named by subject: `tag/moved`. */
  readonly code: C;
  readonly severity: Severity;
  /** The step in which it was found. */
  readonly stage: Stage;
  readonly message: string;
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
  /** Whose file this is, when it is not the working tree's: `v3`, a commit's first digits, `draft`. */
  readonly ref?: string;
  readonly range?: Range;
  readonly hint?: string;
  /** `undefined` where it is about no prompt, or about a file that several prompts share. */
  readonly subject?: Subject;
  /** The same as `ref`, as data. */
  readonly revision?: Revision;
  /**
   * The edits that do what the hint says, if it is certain what was meant. `cuecard check --fix` applies them. Findings of
   * released versions have none.
   */
  readonly fix?: readonly TextEdit[];
  /** What message and hint are made of. An argument that is not known is left out. */
  readonly args: Arguments<C>;
}

/**
 * Makes the diagnostic of a code at a place. Its words come from the catalogue.
 *
 * @param subject Which prompt, version or alias it is about, if it is about one.
 */
export function diagnose<C extends Code>(code: C, args: Arguments<C>, place: Place, subject?: Subject): Diagnostic {
  // TypeScript does not connect a code that is not known yet with its entry in the catalogue.
  const { severity, stage, message, hint } = catalogue[code] as Finding<Arguments<C>>;
  const way = typeof hint === "function" ? hint(args) : hint;
  const { file, revision, range } = place;
  const diagnostic: Diagnostic<C> = {
    code,
    severity,
    stage,
    message: typeof message === "function" ? message(args) : message,
    file,
    ...(revision === undefined ? {} : { ref: revisionRef(revision) }),
    ...(range === undefined ? {} : { range }),
    ...(way === undefined ? {} : { hint: way }),
    ...(subject === undefined ? {} : { subject: subjectOf(subject) }),
    ...(revision === undefined ? {} : { revision }),
    args: withoutUndefined(args),
  };
  return diagnostic;
}

/** A finding with the edits that fix it; without edits, the finding itself. */
export function withFix(diagnostic: Diagnostic, fix: readonly TextEdit[]): Diagnostic {
  return fix.length === 0 ? diagnostic : { ...diagnostic, fix };
}

/** A finding in a text, as one in a revision of it: a content is checked without knowing whose it is. */
export function inRevision(diagnostic: Diagnostic, revision: Revision, subject?: Subject): Diagnostic {
  const about = subject ?? diagnostic.subject;
  // Only the working tree can be edited.
  const { fix, ...finding } = diagnostic;
  return {
    ...finding,
    ref: revisionRef(revision),
    revision,
    ...(about === undefined ? {} : { subject: subjectOf(about) }),
  };
}

/** Whether a diagnostic is of a code, and has its arguments. */
export function hasCode<C extends Code>(diagnostic: Diagnostic, code: C): diagnostic is Diagnostic<C> {
  return diagnostic.code === code;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** How people read a place: `prompts/a.md@v3:12:5`. */
export function formatPlace({ file, ref, range }: Pick<Place, "file" | "range"> & Pick<Diagnostic, "ref">): string {
  const of = ref === undefined ? "" : `@${ref}`;
  const at = range === undefined ? "" : `:${range.start.line}:${range.start.column}`;
  return `${file}${of}${at}`;
}

/** JSON has no `undefined`: an argument that may be undefined may as well be missing. */
function withoutUndefined<A extends object>(args: A): A {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as A;
}

/** Of what else its owner may be (a whole version, a tag), what a subject has. */
function subjectOf({ name, version, alias }: Subject): Subject {
  return { name, ...(version === undefined ? {} : { version }), ...(alias === undefined ? {} : { alias }) };
}
