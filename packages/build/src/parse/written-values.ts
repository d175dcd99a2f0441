// Values of front matter that are text keep the form in which they are written: YAML would read the tag 1.10 as the number 1.1,
// and 007 as 7.

import { type Document, isMap, isScalar, isSeq } from "yaml";

/** Keys whose values are text, at the top. */
const TEXTS = ["name", "variant", "description", "model"];

/** Makes texts of numbers, and of booleans among the tags. Quoted values are texts already. */
export function keepWritten(document: Document.Parsed): void {
  for (const key of TEXTS) keepNumber(document.get(key, true));
  keepNumber(document.getIn(["output", "format"], true));
  const tags = document.get("tags", true);
  if (isMap(tags))
    for (const { value } of tags.items)
      if (isScalar(value) && typeof value.value === "boolean") value.value = value.source ?? String(value.value);
      else keepNumber(value);
  const examples = document.get("examples", true);
  if (isSeq(examples)) for (const example of examples.items) if (isMap(example)) keepNumber(example.get("name", true));
}

function keepNumber(node: unknown): void {
  if (isScalar(node) && typeof node.value === "number" && node.source !== undefined) node.value = node.source;
}
