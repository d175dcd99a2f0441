// Sessions of clients that speak a version of the protocol before 2026-07-28, which has none: each is a connection of its own over
// many requests. https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management

import { randomUUID } from "node:crypto";
import { type Server, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";

export interface Sessions {
  handle(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/**
 * @param create Makes the server of a session.
 * @param most How many sessions there are at most. A further one ends the one that was used least recently; its client starts anew.
 */
export function openSessions(create: () => Server, most: number): Sessions {
  /** By id, the most recently used last. */
  const open = new Map<string, WebStandardStreamableHTTPServerTransport>();

  async function start(): Promise<WebStandardStreamableHTTPServerTransport> {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized(id) {
        open.set(id, transport);
        const [oldest] = open.values();
        if (open.size > most) void oldest?.close();
      },
    });
    const server = create();
    await server.connect(transport);
    const end = server.onclose;
    server.onclose = () => {
      end?.();
      if (transport.sessionId !== undefined) open.delete(transport.sessionId);
    };
    return transport;
  }

  return {
    async handle(request) {
      const id = request.headers.get("mcp-session-id");
      const known = id === null ? undefined : open.get(id);
      if (known !== undefined && id !== null) {
        open.delete(id);
        open.set(id, known);
        return known.handleRequest(request);
      }
      if (id !== null) return notFound();
      const transport = await start();
      const response = await transport.handleRequest(request);
      // It was not a valid initialization, so no further request can belong to it.
      if (transport.sessionId === undefined) await transport.close();
      return response;
    },
    async close() {
      await Promise.all([...open.values()].map((transport) => transport.close()));
    },
  };
}

/** The client has to start a new session. */
function notFound(): Response {
  const error = { code: -32001, message: "Session not found" };
  return Response.json({ jsonrpc: "2.0", error, id: null }, { status: 404 });
}
