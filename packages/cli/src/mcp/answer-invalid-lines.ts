// Answers lines of standard input that are not messages of the protocol, which the library drops: their sender would wait without end.
// https://www.jsonrpc.org/specification#error_object

import { Transform, type TransformCallback } from "node:stream";
import { ProtocolErrorCode, parseJSONRPCMessage, STDIO_DEFAULT_MAX_BUFFER_SIZE } from "@modelcontextprotocol/server";

/** What is wrong with a line, and the answer; without an answer if nothing waits for one. */
interface Invalid {
  readonly problem: string;
  readonly answer?: {
    readonly jsonrpc: "2.0";
    readonly id: string | number | null;
    readonly error: { readonly code: number; readonly message: string };
  };
}

const LINE_END = 0x0a;

/** Passes valid messages on. */
export class InvalidLines extends Transform {
  readonly #report: (invalid: Invalid) => void;
  /** Of a line whose end has not come yet. */
  #parts: Buffer[] = [];
  #length = 0;

  constructor(report: (invalid: Invalid) => void) {
    super();
    this.#report = report;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let start = 0;
    for (let end = chunk.indexOf(LINE_END); end !== -1; end = chunk.indexOf(LINE_END, start)) {
      this.#add(chunk.subarray(start, end + 1));
      this.#take();
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
    // The library ends the connection.
    if (this.#length > STDIO_DEFAULT_MAX_BUFFER_SIZE) this.#pass();
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#pass();
    done();
  }

  #add(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  #take(): void {
    const invalid = findInvalid(Buffer.concat(this.#parts).toString("utf8"));
    if (invalid !== undefined) this.#parts = [];
    this.#pass();
    if (invalid !== undefined) this.#report(invalid);
  }

  #pass(): void {
    if (this.#parts.length > 0) this.push(Buffer.concat(this.#parts));
    this.#parts = [];
    this.#length = 0;
  }
}

/** @returns `undefined` for a valid message, and for an empty line. */
function findInvalid(line: string): Invalid | undefined {
  if (line.trim() === "") return undefined;
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return refuse(null, ProtocolErrorCode.ParseError, "a line is not valid JSON");
  }
  if (isMessage(message)) return undefined;
  if (Array.isArray(message))
    return refuse(null, ProtocolErrorCode.InvalidRequest, "batches are not supported: send one message a line");
  if (typeof message !== "object" || message === null)
    return refuse(null, ProtocolErrorCode.InvalidRequest, "a message must be a JSON object");
  const { id, method, params, ...rest } = message as Readonly<Record<string, unknown>>;
  const isResponse = method === undefined && ("result" in rest || "error" in rest);
  const isNotification = typeof method === "string" && id === undefined;
  if (isResponse || isNotification)
    return { problem: `a ${isResponse ? "response" : "notification"} is not valid, and is ignored` };
  const known = typeof id === "string" || typeof id === "number" ? id : null;
  if (params !== undefined && isMessage({ ...rest, id, method }))
    return refuse(known, ProtocolErrorCode.InvalidParams, "params must be an object, with an object as its _meta");
  return refuse(
    known,
    ProtocolErrorCode.InvalidRequest,
    'a request must have "jsonrpc": "2.0", an id that is a string or an integer, and a method',
  );
}

function refuse(id: string | number | null, code: number, message: string): Invalid {
  return { problem: message, answer: { jsonrpc: "2.0", id, error: { code, message } } };
}

function isMessage(value: unknown): boolean {
  try {
    parseJSONRPCMessage(value);
    return true;
  } catch {
    return false;
  }
}
