// Requests by Node's own module: unlike `fetch`, it has sockets that do not keep a process alive while a server is slow.

import { type HttpAnswer, type HttpRequest, join, tooLarge } from "./http-request.js";

/** What is used of `node:http` and `node:https`. */
export interface NodeHttp {
  request(url: string, options: object, onResponse: (response: NodeResponse) => void): NodeRequest;
}

interface NodeRequest {
  /** Whether the connection was open before. */
  readonly reusedSocket: boolean;
  on(event: "socket", listener: (socket: { unref(): void }) => void): void;
  on(event: "error", listener: (error: Error & { readonly code?: string }) => void): void;
  end(): void;
  destroy(): void;
}

interface NodeResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly complete: boolean;
  on(event: "data", listener: (chunk: Uint8Array) => void): void;
  on(event: "close", listener: () => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  destroy(): void;
}

export function requestWithNode(module: NodeHttp, request: HttpRequest): Promise<HttpAnswer> {
  const { url, headers, maxBytes, signal } = request;
  return new Promise((resolve, reject) => {
    // Node does not decompress.
    const options = { headers: { ...headers, "accept-encoding": "identity" } };
    const sent = module.request(url.href, options, (response) =>
      readResponse(response, maxBytes).then(resolve, (error) => {
        reject(error);
        sent.destroy();
      }),
    );
    sent.on("socket", (socket) => socket.unref());
    sent.on("error", (error) => {
      // The server closed a connection that was idle while the request was on its way. A new one is not closed for that.
      if (sent.reusedSocket && error.code === "ECONNRESET" && !signal.aborted)
        requestWithNode(module, request).then(resolve, reject);
      else reject(error);
    });
    signal.addEventListener("abort", () => {
      reject(signal.reason);
      sent.destroy();
    });
    sent.end();
  });
}

function readResponse(response: NodeResponse, maxBytes: number): Promise<HttpAnswer> {
  const header = (name: string) => response.headers[name];
  return new Promise((resolve, reject) => {
    response.on("error", reject);
    const status = response.statusCode;
    const encoding = header("content-encoding") ?? "identity";
    if (status === 200 && encoding !== "identity")
      reject(new Error(`the answer is compressed (content-encoding: ${encoding}); store the document uncompressed`));
    const chunks: Uint8Array[] = [];
    let length = 0;
    const answer = (body: Uint8Array) => resolve({ status, header, body });
    const add = (size: number) => {
      length += size;
      if (length <= maxBytes) return;
      if (status === 200) reject(tooLarge(maxBytes));
      else answer(new Uint8Array());
      response.destroy();
    };
    add(Number(header("content-length") ?? 0) > maxBytes ? maxBytes + 1 : 0);
    // Read to the end in any case: only then is the connection used again.
    response.on("data", (chunk) => {
      add(chunk.length);
      if (status === 200 && length <= maxBytes) chunks.push(chunk);
    });
    response.on("close", () => {
      if (response.complete) answer(join(chunks, status === 200 ? length : 0));
      else reject(new Error("the connection was closed before the answer was complete"));
    });
  });
}
