// Declaration maps: with them, an editor's "Go to Definition" opens the prompt's Markdown file and not the emitted declarations.
// Names are found in the emitted text, whose form this folder determines: members of an interface are indented by two spaces.

import type { PromptSource } from "../model.js";
import type { PromptFacts } from "./prompt-facts.js";
import { encodeMappings, type Mapping, printSourceMap } from "./source-map.js";

/** 0-based. */
interface Target {
  readonly source: number;
  readonly start: Position;
  readonly end: Position;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

export interface MappedFile {
  /** Ends the declarations: it names the map. */
  readonly comment: string;
  readonly map: string;
}

/**
 * Maps the text of declarations; `undefined` without a file to map to. What is returned writes it to a file within dist: to
 * several with the same text, the text is mapped once.
 *
 * @param project The project's folder, relative to dist.
 */
export type MapTypes = (text: string, project: string) => ((file: string) => MappedFile) | undefined;

/**
 * Maps the declarations of one prompt to its file: versions and aliases to its beginning, members of inputs and answers to where
 * they are declared.
 */
export function mapPromptTypes(source: PromptSource | undefined): MapTypes {
  if (source === undefined) return () => undefined;
  const { path, places } = source;
  const find: FindTarget = (declaration, member) => {
    const [, role] = /^(?:V\d+|Working)(Input|Output)$/.exec(declaration) ?? [];
    if (role === undefined) return declaration.startsWith("$") && member === undefined ? top(0) : undefined;
    const own = role === "Input" ? places.input : places.output;
    const range = member !== undefined && Object.hasOwn(own, member) ? own[member] : undefined;
    return range === undefined ? top(0) : { source: 0, start: fromOne(range.start), end: fromOne(range.end) };
  };
  // A module's specifier leads to the beginning of the module.
  return mapTo([path], find, [{ line: 0, column: 0, source: 0, sourceLine: 0, sourceColumn: 0 }]);
}

/** Maps the names of prompts in the main module's declarations to the beginnings of their files. */
export function mapIndexTypes(prompts: readonly PromptFacts[]): MapTypes {
  const known = prompts.flatMap(({ name, source }) => (source === undefined ? [] : [{ name, path: source }]));
  const places = new Map(known.map(({ name }, index) => [name, index]));
  const find: FindTarget = (declaration, member) => {
    const index = declaration === "Prompts" && member !== undefined ? places.get(member) : undefined;
    return index === undefined ? undefined : top(index);
  };
  return mapTo(
    known.map(({ path }) => path),
    find,
  );
}

/** The endings of declarations, by that of the code. */
export const TYPES_OF = { js: "d.ts", cjs: "d.cts" } as const;

/** Adds a file of declarations and its map, if there is one. */
export function addDeclarations(
  files: Map<string, string>,
  path: string,
  text: string,
  map: ReturnType<MapTypes>,
): void {
  const mapped = map?.(path);
  files.set(path, text + (mapped?.comment ?? ""));
  if (mapped !== undefined) files.set(`${path}.map`, mapped.map);
}

/** Where a declaration, or one of its members, leads to. */
type FindTarget = (declaration: string, member: string | undefined) => Target | undefined;

const top = (source: number): Target => {
  const beginning = { line: 0, column: 0 };
  return { source, start: beginning, end: beginning };
};

const fromOne = ({ line, column }: Position): Position => ({ line: line - 1, column: column - 1 });

/**
 * @param paths Files of the project, relative to its folder.
 * @param head Mappings before all others.
 */
function mapTo(paths: readonly string[], find: FindTarget, head: readonly Mapping[] = []): MapTypes {
  return (text, project) => {
    if (paths.length === 0) return undefined;
    const scan = new DeclarationScan(find);
    for (const [line, code] of text.split("\n").entries()) scan.read(code, line);
    const mappings = encodeMappings([...head, ...scan.mappings]);
    return (file) => {
      const name = file.replace(/^.*\//, "");
      const up = "../".repeat(file.split("/").length - 1);
      const sources = paths.map((path) => `${up}${project}/${path}`);
      return { comment: `//# sourceMappingURL=${name}.map\n`, map: printSourceMap(name, sources, mappings) };
    };
  };
}

interface DeclaredName {
  /** An interface, a type or a constant. */
  readonly declaration: string;
  /** A member of the interface. */
  readonly member?: string;
  readonly column: number;
  readonly length: number;
}

/**
 * Reads declarations line by line. A name gets three mappings: its start, its end, and the end of what it declares. Editors take
 * the next mapping for a place that has none.
 */
class DeclarationScan {
  readonly mappings: Mapping[] = [];
  readonly #find: FindTarget;
  /** The interface that is being read. */
  #interface = "";
  /** A member that spans several lines. */
  #open: Target | undefined;

  constructor(find: FindTarget) {
    this.#find = find;
  }

  read(code: string, line: number): void {
    const add = (column: number, { source }: Target, at: Position): void => {
      this.mappings.push({ line, column, source, sourceLine: at.line, sourceColumn: at.column });
    };
    if (this.#open !== undefined) {
      if (!/^ {2}\S.*;$/.test(code)) return;
      add(code.length, this.#open, this.#open.end);
      this.#open = undefined;
      return;
    }
    const found = this.#readName(code);
    const target = found && this.#find(found.declaration, found.member);
    if (found === undefined || target === undefined) return;
    add(found.column, target, target.start);
    add(found.column + found.length, target, target.end);
    if (code.endsWith(";")) add(code.length, target, target.end);
    else if (found.member !== undefined) this.#open = target;
  }

  #readName(code: string): DeclaredName | undefined {
    const [, keyword, declaration] = /^((?:export )?(?:interface|type|declare const) )([\w$]+)/.exec(code) ?? [];
    if (keyword !== undefined && declaration !== undefined) {
      this.#interface = declaration;
      return { declaration, column: keyword.length, length: declaration.length };
    }
    if (!code.startsWith(" ")) this.#interface = "";
    const [, written] = /^ {2}("(?:[^"\\]|\\.)*"|[\w$]+)\??: /.exec(code) ?? [];
    if (written === undefined || this.#interface === "") return undefined;
    const member = written.startsWith('"') ? (JSON.parse(written) as string) : written;
    return { declaration: this.#interface, member, column: 2, length: written.length };
  }
}
