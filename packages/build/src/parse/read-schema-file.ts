// Reads the file of a named schema, YAML or JSON, as data with places.

import {
  type Diagnostic,
  diagnose,
  type JsonNode,
  type Place,
  parseJsonDocument,
  type SchemaFile,
} from "@cuecard/model";
import { SourceText } from "../text/source-text.js";
import { locateValue, parseYaml, YAML_LIMIT } from "./parse-yaml.js";

export interface SchemaDocument {
  readonly data: unknown;
  /** The place of the value at a path of keys, or of the nearest value above it. */
  place(path: readonly string[]): Place;
}

export interface ReadSchemaFile {
  /** `undefined` if the file has errors. */
  readonly value: SchemaDocument | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads schema files; equal files are read once, because versions and prompts share them. */
export class SchemaFileReader {
  readonly #known = new Map<string, ReadSchemaFile>();

  read(file: Omit<SchemaFile, "name">): ReadSchemaFile {
    const key = `${file.path}\n${file.text}`;
    const read = this.#known.get(key) ?? (file.path.endsWith(".json") ? readJson(file) : readYaml(file));
    this.#known.set(key, read);
    return read;
  }
}

function readJson({ path, text }: Omit<SchemaFile, "name">): ReadSchemaFile {
  const { root, lines, diagnostics } = parseJsonDocument(text, path);
  if (root === undefined) return { value: undefined, diagnostics };
  const place = (keys: readonly string[]): Place => {
    const { offset, length } = locateNode(root, keys);
    return { file: path, range: lines.range(offset, offset + length) };
  };
  return { value: { data: JSON.parse(text), place }, diagnostics: [] };
}

function locateNode(root: JsonNode, path: readonly string[]): JsonNode {
  let node = root;
  for (const key of path) {
    const { type, children = [] } = node;
    const inner =
      type === "array"
        ? children[Number(key)]
        : children.find(({ children: [name] = [] }) => name?.value === key)?.children?.[1];
    if (inner === undefined) break;
    node = inner;
  }
  return node;
}

function readYaml({ path, text }: Omit<SchemaFile, "name">): ReadSchemaFile {
  const source = new SourceText(path, text, 0);
  const parsed = parseYaml(text);
  switch (parsed.kind) {
    case "too-large": {
      const problem = `the file has ${parsed.bytes} bytes; the limit is ${YAML_LIMIT}`;
      const instead = "write it as JSON, or move parts into schemas of their own";
      return {
        value: undefined,
        diagnostics: [diagnose("schema/file-syntax", { problem, instead }, source.place(0, 0))],
      };
    }
    case "broken":
      return {
        value: undefined,
        diagnostics: parsed.problems.map(({ problem, instead, start, end }) =>
          diagnose("schema/file-syntax", { problem, instead }, source.place(start, end)),
        ),
      };
    case "parsed": {
      const { document, data } = parsed;
      return { value: { data, place: (keys) => source.place(...locateValue(document, keys)) }, diagnostics: [] };
    }
  }
}
