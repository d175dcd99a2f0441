// A server on this machine that answers like OpenAI (both APIs), Anthropic and Google, with server-sent events.

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What it answers. Default: a short text. */
export interface ModelAnswer {
  /** The parts of the text. */
  readonly parts?: readonly string[];
  readonly reasoning?: string;
  readonly tool?: { readonly name: string; readonly input: unknown };
  readonly finish?: "stop" | "length" | "content-filter";
  /** Of an answer that is an error. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of everything else: a body that is sent as it is. */
  readonly body?: string;
  /** After the parts: nothing more comes, the connection breaks, the stream ends, or something else is sent. */
  readonly ends?: "silence" | "break" | "end" | { readonly raw: string };
}

export interface ModelRequestSeen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ModelServer {
  /** `http://127.0.0.1:1234`. Each API is below `/v1` or `/v1beta`. */
  readonly url: string;
  /** What was asked, lists of models apart. Tests empty it. */
  readonly requests: ModelRequestSeen[];
  /** How many requests were ended by the client before the answer was complete. */
  readonly aborted: number;
  /** What the next requests get. */
  answer: ModelAnswer;
  /** What the list of models has. */
  models: readonly string[];
  close(): Promise<void>;
}

const PARTS = ["Hello ", "there."];

export async function startModelServer(): Promise<ModelServer> {
  const requests: ModelRequestSeen[] = [];
  const state = { answer: {} as ModelAnswer, models: ["model-1", "model-2"] as readonly string[], aborted: 0 };
  const http = createServer(async (request, response) => {
    const { url: path = "/" } = request;
    if (request.method === "GET") return sendList(response, state);
    const body = JSON.parse(await text(request)) as ModelRequestSeen["body"];
    requests.push({ path, headers: request.headers, body });
    response.once("close", () => {
      if (!response.writableFinished && state.answer.ends !== "break") state.aborted++;
    });
    send(request, response, state.answer);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  });
}

/** In the forms of all providers at once. */
function sendList(response: ServerResponse, { models }: { readonly models: readonly string[] }): void {
  response.writeHead(200, { "content-type": "application/json" });
  const data = models.map((id) => ({ id, object: "model" }));
  response.end(JSON.stringify({ object: "list", data }));
}

function send(request: IncomingMessage, response: ServerResponse, answer: ModelAnswer): void {
  const { status = 200, headers = {}, body, ends } = answer;
  const type = status === 200 ? "text/event-stream" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers });
  if (body !== undefined) return void response.end(body);
  const events = eventsOf(request.url ?? "", answer);
  const hasEnd = ends === undefined;
  for (const event of hasEnd ? [...events.start, ...events.end] : events.start) response.write(event);
  if (ends === "silence") return;
  // The end of the connection without the end of the answer.
  if (ends === "break") return void response.socket?.end();
  if (typeof ends === "object") response.write(ends.raw);
  response.end();
}

interface Events {
  readonly start: readonly string[];
  readonly end: readonly string[];
}

function eventsOf(path: string, answer: ModelAnswer): Events {
  if (path.endsWith("/chat/completions")) return chatEvents(answer);
  if (path.endsWith("/responses")) return responseEvents(answer);
  if (path.endsWith("/messages")) return anthropicEvents(answer);
  return googleEvents(answer);
}

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

const named = (value: { readonly type: string; readonly [member: string]: unknown }) =>
  `event: ${value.type}\n${data(value)}`;

/** https://platform.openai.com/docs/api-reference/chat-streaming */
function chatEvents({ parts = PARTS, reasoning, tool, finish = "stop" }: ModelAnswer): Events {
  const chunk = (delta: object, reason: string | null = null) =>
    data({
      ...{ id: "c1", object: "chat.completion.chunk", created: 1, model: "model-1" },
      choices: [{ index: 0, delta, finish_reason: reason }],
    });
  const call = tool && {
    id: "t1",
    type: "function",
    function: { name: tool.name, arguments: JSON.stringify(tool.input) },
  };
  const reason = { stop: "stop", length: "length", "content-filter": "content_filter" }[finish];
  return {
    start: [
      ...(reasoning === undefined ? [] : [chunk({ reasoning_content: reasoning })]),
      ...parts.map((content) => chunk({ role: "assistant", content })),
      ...(call === undefined ? [] : [chunk({ tool_calls: [{ index: 0, ...call }] })]),
    ],
    end: [
      chunk({}, tool === undefined ? reason : "tool_calls"),
      data({
        ...{ id: "c1", object: "chat.completion.chunk", created: 1, model: "model-1", choices: [] },
        usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 },
      }),
      "data: [DONE]\n\n",
    ],
  };
}

/** https://platform.openai.com/docs/api-reference/responses-streaming */
function responseEvents({ parts = PARTS, tool, finish = "stop" }: ModelAnswer): Events {
  const response = { id: "r1", object: "response", created_at: 1, model: "model-1", output: [] };
  const text = parts.join("");
  const message = {
    id: "m1",
    type: "message",
    role: "assistant",
    content: [{ type: "output_text", text, annotations: [] }],
  };
  const call = tool && {
    ...{ id: "f1", type: "function_call", call_id: "t1", name: tool.name, status: "completed" },
    arguments: JSON.stringify(tool.input),
  };
  const reason = { stop: undefined, length: "max_output_tokens", "content-filter": "content_filter" }[finish];
  return {
    start: [
      named({ type: "response.created", response: { ...response, status: "in_progress" } }),
      named({ type: "response.output_item.added", output_index: 0, item: { ...message, content: [] } }),
      ...parts.map((delta) =>
        named({ type: "response.output_text.delta", item_id: "m1", output_index: 0, content_index: 0, delta }),
      ),
    ],
    end: [
      named({ type: "response.output_item.done", output_index: 0, item: message }),
      ...(call === undefined
        ? []
        : [
            named({ type: "response.output_item.added", output_index: 1, item: { ...call, arguments: "" } }),
            named({ type: "response.output_item.done", output_index: 1, item: call }),
          ]),
      named({
        type: reason === undefined ? "response.completed" : "response.incomplete",
        response: {
          ...response,
          status: reason === undefined ? "completed" : "incomplete",
          incomplete_details: reason === undefined ? null : { reason },
          usage: {
            ...{ input_tokens: 12, output_tokens: 5, total_tokens: 17 },
            input_tokens_details: { cached_tokens: 4 },
            output_tokens_details: { reasoning_tokens: 0 },
          },
        },
      }),
    ],
  };
}

/** https://docs.anthropic.com/en/api/messages-streaming */
function anthropicEvents({ parts = PARTS, reasoning, tool, finish = "stop" }: ModelAnswer): Events {
  const block = (index: number, content: object, deltas: readonly object[]) => [
    named({ type: "content_block_start", index, content_block: content }),
    ...deltas.map((delta) => named({ type: "content_block_delta", index, delta })),
    named({ type: "content_block_stop", index }),
  ];
  const reason = { stop: "end_turn", length: "max_tokens", "content-filter": "refusal" }[finish];
  return {
    start: [
      named({
        type: "message_start",
        message: {
          ...{ id: "m1", type: "message", role: "assistant", model: "model-1", content: [], stop_reason: null },
          usage: { input_tokens: 12, output_tokens: 1 },
        },
      }),
      ...(reasoning === undefined
        ? []
        : block(0, { type: "thinking", thinking: "" }, [{ type: "thinking_delta", thinking: reasoning }])),
      ...block(
        1,
        { type: "text", text: "" },
        parts.map((part) => ({ type: "text_delta", text: part })),
      ),
      ...(tool === undefined
        ? []
        : block(2, { type: "tool_use", id: "t1", name: tool.name, input: {} }, [
            { type: "input_json_delta", partial_json: JSON.stringify(tool.input) },
          ])),
    ],
    end: [
      named({
        type: "message_delta",
        delta: { stop_reason: tool === undefined ? reason : "tool_use", stop_sequence: null },
        usage: { output_tokens: 5 },
      }),
      named({ type: "message_stop" }),
    ],
  };
}

/** https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent */
function googleEvents({ parts = PARTS, tool, finish = "stop" }: ModelAnswer): Events {
  const chunk = (own: readonly object[], rest: object = {}) =>
    data({ candidates: [{ index: 0, content: { role: "model", parts: own }, ...rest }], modelVersion: "model-1" });
  const reason = { stop: "STOP", length: "MAX_TOKENS", "content-filter": "SAFETY" }[finish];
  return {
    start: [
      ...parts.map((part) => chunk([{ text: part }])),
      ...(tool === undefined ? [] : [chunk([{ functionCall: { name: tool.name, args: tool.input } }])]),
    ],
    end: [
      data({
        candidates: [{ index: 0, content: { role: "model", parts: [{ text: "" }] }, finishReason: reason }],
        usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 5, totalTokenCount: 17 },
      }),
    ],
  };
}
