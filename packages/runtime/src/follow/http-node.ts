// Requests by Node's own module: unlike `fetch`, it has sockets that do not keep a process alive while a server is slow.

import { type HttpAnswer, type HttpRequest, join, tooLarge } from "./http-request.js";

/** What is used of `node:http` and `node:https`. */
export interface NodeHttp {
  request(url: string, options: object, onResponse: (response: NodeResponse) => void): NodeRequest;
}

interface NodeRequest {
  on(event: "socket", listener: (socket: { unref(): void }) => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  end(): void;
  destroy(error?: Error): void;
}

interface NodeResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly complete: boolean;
  on(event: "data", listener: (chunk: Uint8Array) => void): void;
  on(event: "close", listener: () => void): void;
  on(event: "error", listener: (error: Error) => void): void;
}

export function requestWithNode(
  module: NodeHttp,
  { url, headers, maxBytes, signal }: HttpRequest,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    // Node does not decompress.
    const options = { headers: { ...headers, "accept-encoding": "identity" } };
    const request = module.request(url.href, options, (response) => {
      const header = (name: string) => response.headers[name];
      response.on("error", reject);
      if (response.statusCode !== 200) {
        resolve({ status: response.statusCode, header, body: new Uint8Array() });
        // Whatever the server wants to say beside the status is not read.
        if (response.statusCode !== 304) request.destroy();
        return;
      }
      const encoding = header("content-encoding") ?? "identity";
      if (encoding !== "identity") {
        reject(new Error(`the answer is compressed (content-encoding: ${encoding}); store the document uncompressed`));
        request.destroy();
        return;
      }
      const chunks: Uint8Array[] = [];
      let length = 0;
      const add = (size: number) => {
        length += size;
        if (length <= maxBytes) return;
        reject(tooLarge(maxBytes));
        request.destroy();
      };
      if (Number(header("content-length") ?? 0) > maxBytes) add(maxBytes + 1);
      response.on("data", (chunk) => {
        chunks.push(chunk);
        add(chunk.length);
      });
      response.on("close", () =>
        response.complete
          ? resolve({ status: 200, header, body: join(chunks, length) })
          : reject(new Error("the connection was closed before the answer was complete")),
      );
    });
    request.on("socket", (socket) => socket.unref());
    request.on("error", reject);
    signal.addEventListener("abort", () => {
      reject(signal.reason);
      request.destroy();
    });
    request.end();
  });
}
