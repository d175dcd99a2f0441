// Values of front matter that are text keep the form in which they are written: YAML would read the tag 1.10 as the number 1.1,
// and 007 as 7. So do values of other tools, unless YAML's number has the same form.

import { type Document, isCollection, isMap, isNode, isScalar, isSeq, visit } from "yaml";
import { isMetadataKey, type MetadataKeys } from "./accepted-forms.js";

/** Keys whose values are text, at the top. */
const TEXTS = ["name", "variant", "description", "model"];

/** Makes texts of numbers, and of booleans among the tags. Quoted values are texts already. */
export function keepWritten(document: Document.Parsed, text: string, metadataKeys: MetadataKeys): void {
  if (isMap(document.contents))
    for (const { key, value } of document.contents.items)
      if (isScalar(key) && isMetadataKey(String(key.value), metadataKeys)) keepUnusual(value);
  // Claude Code and Copilot read text here, and show it in brackets in their documentation: `argument-hint: [issue]`.
  const hint = document.get("argument-hint", true);
  if (isMetadataKey("argument-hint", metadataKeys) && isCollection(hint) && hint.flow === true && hint.range)
    document.set("argument-hint", text.slice(hint.range[0], hint.range[1]));
  keepUnusual(document.getIn(["metadata", "version"], true));
  for (const key of TEXTS) keepNumber(document.get(key, true));
  keepNumber(document.getIn(["output", "format"], true));
  const tags = document.get("tags", true);
  if (isMap(tags)) for (const { value } of tags.items) keepTag(value);
  if (isSeq(tags)) for (const item of tags.items) keepTag(item);
  else keepTag(tags);
  const examples = document.get("examples", true);
  if (isSeq(examples))
    for (const example of examples.items)
      if (isMap(example)) {
        keepNumber(example.get("name", true));
        keepUnusual(example.get("expected", true));
        keepExpected(example.get("expect", true));
      }
}

const EXPECTED_TEXTS = ["contains", "not-contains", "matches", "equals"];

/** `contains: 30` is the text `30`. */
function keepExpected(node: unknown): void {
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    if (isMap(value) && key.value !== "json") keepExpected(value);
    if (!EXPECTED_TEXTS.includes(String(key.value))) continue;
    if (isSeq(value)) for (const item of value.items) keepNumber(item);
    else keepNumber(value);
  }
}

function keepTag(node: unknown): void {
  if (isScalar(node) && typeof node.value === "boolean") node.value = node.source ?? String(node.value);
  else keepNumber(node);
}

/** Keeps the form of numbers that JSON would write in another way: `1.10`, `007`, `0x10`, `1e3`. */
function keepUnusual(node: unknown): void {
  if (!isNode(node)) return;
  visit(node, {
    Scalar: (_, scalar) => {
      const { value, source } = scalar;
      if (typeof value === "number" && JSON.stringify(value) !== source && source !== "-0") keepNumber(scalar);
    },
  });
}

function keepNumber(node: unknown): void {
  if (isScalar(node) && typeof node.value === "number" && node.source !== undefined) node.value = node.source;
}
