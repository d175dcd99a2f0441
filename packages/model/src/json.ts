// JSON files that people edit: read strictly, with the place of every key and value.

import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { type Diagnostic, diagnose } from "./diagnostics/diagnostic.js";
import { LineIndex } from "./position.js";

export type { Node as JsonNode } from "jsonc-parser";

export interface JsonDocument {
  /** The root value; `undefined` when the text has errors. */
  readonly root: Node | undefined;
  readonly lines: LineIndex;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses strict JSON (no comments, no trailing commas); duplicate keys are errors. Never throws. */
export function parseJsonDocument(text: string, file: string): JsonDocument {
  const lines = new LineIndex(text);
  const errors: ParseError[] = [];
  const nested = deepest(text);
  if (nested > MAX_DEPTH) {
    const problem = `more than ${MAX_DEPTH} levels deep`;
    return {
      root: undefined,
      lines,
      diagnostics: [diagnose("json/syntax", { problem }, { file, range: lines.range(0, 0) })],
    };
  }
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const diagnostics = errors
    .slice(0, 1)
    .map((error) =>
      diagnose(
        "json/syntax",
        { problem: sentence(printParseErrorCode(error.error)) },
        { file, range: lines.range(error.offset, error.offset + error.length) },
      ),
    );
  if (diagnostics.length === 0 && root !== undefined) collectDuplicates(root, file, lines, diagnostics);
  return { root: diagnostics.length === 0 ? root : undefined, lines, diagnostics };
}

/** The parser recurses: what would end in a stack overflow is refused first. Brackets in texts count too, harmlessly. */
const MAX_DEPTH = 200;

function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}

function collectDuplicates(node: Node, file: string, lines: LineIndex, into: Diagnostic[]): void {
  if (node.type === "object") {
    const seen = new Map<string, Node>();
    for (const property of node.children ?? []) {
      const key = property.children?.[0];
      if (key === undefined) continue;
      const first = seen.get(String(key.value));
      if (first === undefined) seen.set(String(key.value), key);
      else
        into.push(
          diagnose(
            "json/duplicate-key",
            { key: String(key.value), firstLine: lines.position(first.offset).line },
            { file, range: lines.range(key.offset, key.offset + key.length) },
          ),
        );
    }
  }
  for (const child of node.children ?? []) collectDuplicates(child, file, lines, into);
}

/** `CommaExpected` → `comma expected`. */
function sentence(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
