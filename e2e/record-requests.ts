// A server in place of a model's API: it keeps what it is asked, and answers as little as SDKs accept.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { AddressInfo, Server } from "node:net";

export interface RecordedRequest {
  readonly path: string;
  readonly body: unknown;
}

export interface Recorder {
  readonly url: string;
  /** The same for clients that speak HTTP/2 only. */
  readonly http2Url: string;
  /** The requests since the last call. */
  take(): RecordedRequest[];
  close(): Promise<void>;
}

const TEXT = "{}";
const MISTRAL_USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const USAGE = { input_tokens: 1, output_tokens: 1 };

/** The first whose path matches answers. */
const ANSWERS: readonly (readonly [path: RegExp, answer: unknown])[] = [
  [
    /\/chat\/completions$/,
    {
      id: "1",
      object: "chat.completion",
      model: "m",
      created: 1,
      usage: MISTRAL_USAGE,
      choices: [{ index: 0, message: { role: "assistant", content: TEXT }, finish_reason: "stop" }],
    },
  ],
  [/\/converse$/, { output: { message: { role: "assistant", content: [{ text: TEXT }] } }, stopReason: "end_turn" }],
  [/\/responses$/, { output: [] }],
  [/\/messages$/, { type: "message", content: [{ type: "text", text: TEXT }], usage: USAGE }],
  [
    /\/language-model$/,
    {
      content: [{ type: "text", text: TEXT }],
      finishReason: { unified: "stop" },
      usage: { inputTokens: {}, outputTokens: {} },
      warnings: [],
    },
  ],
];

export async function recordRequests(): Promise<Recorder> {
  let requests: RecordedRequest[] = [];
  const answer = async (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? "";
    requests.push({ path, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(ANSWERS.find(([pattern]) => pattern.test(path))?.[1] ?? {}));
  };
  const http = createServer(answer);
  const http2 = createHttp2Server(answer);
  return {
    url: await listen(http),
    http2Url: await listen(http2),
    take() {
      const taken = requests;
      requests = [];
      return taken;
    },
    async close() {
      http.closeAllConnections();
      // Clients keep their connections: closing does not wait for them.
      http2.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
