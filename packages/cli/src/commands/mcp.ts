// `cuecard mcp`

import { UsageError } from "@cuecard/model";
import { type DeclareCommand, examples, KEY_HELP } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { readPort } from "../support/read-port.js";

export const mcp: DeclareCommand = (program, action) =>
  program
    .command("mcp")
    .summary("serve prompts and tools to MCP clients")
    .description(
      "Serve the prompts of this project over the Model Context Protocol, with tools to explore the registry and, with --allow-write, to write prompts to branches. MCP clients start it and talk to it over standard input and output; with --http it serves many clients, by default those on this machine only.",
    )
    .option("--alias <alias>", "the version to serve of each prompt: an alias, latest or working (default: the latest)")
    .option("--key <key>", `${KEY_HELP} (default: the version with the largest weight)`)
    .option("--helpers", "serve prompts that call the project's helpers, which runs this code")
    .option("--allow-write", "let clients write prompts to branches; files, index and HEAD stay as they are")
    .option("--http", "serve over HTTP at http://127.0.0.1:4747/mcp")
    .option("--port <port>", "with --http: the port; 0 for any that is free (default: 4747)", readPort)
    .option("--host <address>", "with --http: the address to listen on (default: 127.0.0.1)")
    .addHelpText("after", examples("cuecard mcp --alias production", "cuecard mcp --http --port 8080"))
    .action(action(run));

interface McpCommandOptions {
  readonly alias?: string;
  readonly key?: string;
  readonly helpers?: boolean;
  readonly allowWrite?: boolean;
  readonly http?: boolean;
  readonly port?: number;
  readonly host?: string;
}

const DEFAULT_PORT = 4747;
const DEFAULT_HOST = "127.0.0.1";

async function run(context: CommandContext, options: McpCommandOptions): Promise<number> {
  const { alias, key, helpers = false, allowWrite = false, http = false, port, host } = options;
  if (!http && port !== undefined) throw new UsageError("--port requires --http");
  if (!http && host !== undefined) throw new UsageError("--host requires --http");
  // The protocol's library is loaded by this command only.
  const { serveMcp } = await import("../mcp/serve.js");
  return serveMcp(context, {
    ...{ alias, key, helpers, allowWrite },
    http: http ? { host: host ?? DEFAULT_HOST, port: port ?? DEFAULT_PORT } : undefined,
  });
}
