// Decodes what a command was given to read: a file that an option names, standard input, a file that it edits.

import { decodeUtf8, reportNotUtf8 } from "@cuecard/model";
import { RequestError } from "./exit.js";

/**
 * @param shown What the text is of, as the message names it.
 * @throws RequestError when it is not UTF-8 text.
 */
export function decodeInput(data: Uint8Array, shown: string, options: { readonly keepsBom?: boolean } = {}): string {
  const { text, failure } = decodeUtf8(data, options);
  if (failure === undefined) return text;
  throw new RequestError(`${shown} is not text: ${failure.problem}`, reportNotUtf8(failure, { file: shown }).hint);
}
