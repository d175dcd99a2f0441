// Values as YAML, for front matter.

import { Document, visit } from "yaml";

/** YAML 1.2 without aliases, which Cuecard does not read. */
export function printYaml(value: object): string {
  const document = new Document(value, { version: "1.2", aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && node.value.includes("\n"))
        node.type = isPlainBlock(node.value) ? "BLOCK_LITERAL" : "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY });
}

/** Whether a text is the same as a YAML block: it has no trailing blanks and nothing that YAML escapes. */
function isPlainBlock(text: string): boolean {
  return (
    /^\S/.test(text) &&
    !/[ \t]$/m.test(text) &&
    !/\n\n$/.test(text) &&
    !/[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text)
  );
}
