// Why a request is refused, as a JSON-RPC error: https://www.jsonrpc.org/specification#error_object

import type { Diagnostic } from "@cuecard/model";
import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { formatText } from "../report/format-text.js";

/** The request has a mistake: a name, an argument or a cursor. */
export function invalidParams(problem: string, hint?: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, hint === undefined ? problem : `${problem}; ${hint}`);
}

/** The request is right, but the project has errors. The diagnostics are passed on as data as well. */
export function projectBroken(diagnostics: readonly Diagnostic[]): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InternalError, formatText(diagnostics).trimEnd(), { diagnostics });
}
