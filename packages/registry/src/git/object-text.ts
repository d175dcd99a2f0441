// Decodes the text of commits and tags, which may declare another encoding than UTF-8.
// Format: https://git-scm.com/docs/git-commit#_discussion (i18n.commitEncoding)

import { decodeUtf8 } from "@cuecard/model";

export interface ObjectText {
  /** If there is a problem, bytes that are not UTF-8 are shown as Latin-1. Such a text must not be written anywhere. */
  readonly text: string;
  /** Why the text cannot be decoded: `it is not valid UTF-8, and the commit declares no encoding`. */
  readonly problem?: string;
}

/** Decodes a whole commit or tag object by the encoding that it declares, otherwise as UTF-8. */
export function decodeObject(data: Buffer): ObjectText {
  const end = data.indexOf("\n\n");
  const head = data.toString("latin1", 0, end === -1 ? data.length : end + 1);
  const declared = /^encoding (.+)$/m.exec(head)?.[1]?.trim();
  if (declared !== undefined && !/^utf-?8$/i.test(declared)) {
    const text = decodeAs(declared, data);
    return text === undefined
      ? { text: showLines(data), problem: `it is not valid in the encoding that it declares, ${declared}` }
      : { text };
  }
  const { text } = decodeUtf8(data, { keepsBom: true });
  return text === undefined
    ? { text: showLines(data), problem: "it is not valid UTF-8, and declares no encoding" }
    : { text };
}

/** Names that git accepts and the Encoding Standard spells differently: https://encoding.spec.whatwg.org/#names-and-labels */
function labelOf(name: string): string {
  return name.replace(/^latin-(\d)$/i, "latin$1").replace(/^(?:cp|win)-?(125\d)$/i, "windows-$1");
}

function decodeAs(encoding: string, data: Buffer): string | undefined {
  try {
    return new TextDecoder(labelOf(encoding), { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return undefined;
  }
}

const latin1 = new TextDecoder("windows-1252");

function showLines(data: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at <= data.length; ) {
    const feed = data.indexOf(10, at);
    const line = data.subarray(at, feed === -1 ? data.length : feed);
    lines.push(decodeUtf8(line, { keepsBom: true }).text ?? latin1.decode(line));
    at = feed === -1 ? data.length + 1 : feed + 1;
  }
  return lines.join("\n");
}
