// `cuecard mcp`: opens the project, serves it until the client or the user ends it, and closes everything.

import { randomBytes } from "node:crypto";
import { hasErrors } from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import { exitCode, RequestError } from "../exit.js";
import { gitFromEnvironment } from "../git-choice.js";
import type { CommandContext } from "../support/command-context.js";
import { reportHiddenErrors, warnNoPrompts } from "../support/print-diagnostics.js";
import { refuseTop } from "../support/with-project.js";
import { printable } from "../terminal/text.js";
import { isLoopback } from "./http/access.js";
import { MCP_PATH, serveHttp } from "./http/serve-http.js";
import { serveStdio } from "./serve-stdio.js";
import { type ServedProject, serveProject } from "./served-project.js";

export interface McpOptions {
  readonly alias?: string | undefined;
  readonly key?: string | undefined;
  readonly helpers: boolean;
  readonly allowWrite: boolean;
  /** Where to listen; `undefined` for standard input and output. */
  readonly http: { readonly host: string; readonly port: number } | undefined;
}

export async function serveMcp(context: CommandContext, options: McpOptions): Promise<number> {
  const { terminal, dir, automated, offline } = context;
  await refuseTop(context);
  const { http, ...served } = options;
  if (http !== undefined) requireSendable(terminal.env[TOKEN_VARIABLE]);
  const git = gitFromEnvironment(terminal.env);
  const project = await serveProject({ dir, git, frozen: automated, offline }, served);
  try {
    const checked = project.ready.then(() => {
      requireAlias(project);
      return reportState(context, project);
    });
    // The longest that a hostile client can make a line of the log.
    const log = (text: string) => terminal.stderr.write(`${printable(text).slice(0, 2000)}\n`);
    if (http !== undefined) {
      await checked;
      await runHttp(context, project, http, log);
    } else {
      if (terminal.stdin.interactive)
        log("This is a server for MCP clients, which start it and write to its standard input. Press Ctrl-C to stop.");
      // The client is answered while the project is still being read.
      const until = Promise.race([terminal.interrupted, project.failed, checked.then(() => NEVER)]);
      await serveStdio(project, until, log);
    }
  } finally {
    await project.close();
  }
  return exitCode.clean;
}

const NEVER = new Promise<never>(() => {});

async function runHttp(
  { terminal, paint }: CommandContext,
  project: ServedProject,
  { host, port }: { readonly host: string; readonly port: number },
  log: (text: string) => void,
): Promise<void> {
  const given = terminal.env[TOKEN_VARIABLE];
  const needsToken = project.options.allowWrite || !isLoopback(host);
  const token = given || (needsToken ? randomBytes(24).toString("base64url") : undefined);
  const running = await serveHttp(project, { host, port, token }, log);
  try {
    const { stdout } = terminal;
    stdout.write(`Serving prompts at http://${host.includes(":") ? `[${host}]` : host}:${running.port}${MCP_PATH}\n`);
    if (token !== undefined && !given) stdout.write(`Send the header Authorization: Bearer ${token}\n`);
    stdout.write(`${paint.dim("Press Ctrl-C to stop.")}\n`);
    await Promise.race([terminal.interrupted, project.failed]);
  } finally {
    await running.close();
  }
}

/** Has the token that clients over HTTP must send. */
const TOKEN_VARIABLE = "CUECARD_MCP_TOKEN";

/** @throws RequestError for a token that no client can send in a header. */
function requireSendable(token: string | undefined): void {
  if (!token || /^[\x21-\x7e]+$/.test(token)) return;
  throw new RequestError(
    `no client can send the token in ${TOKEN_VARIABLE}: it may contain only visible ASCII characters, without spaces`,
    "use a random one, such as `openssl rand -hex 24` prints",
  );
}

/** Says in the client's log why it may find less than its user expects. */
async function reportState(context: CommandContext, project: ServedProject): Promise<void> {
  const { names, diagnostics } = project.read;
  reportHiddenErrors(context, diagnostics);
  if (names.length === 0 && !hasErrors(diagnostics))
    await project.use(async (registry) => warnNoPrompts(context, registry));
}

/** @throws RequestError if no prompt has the alias, which is likely misspelled. */
function requireAlias({ options: { alias }, read: { aliases, names } }: ServedProject): void {
  const known = [...aliases, "latest", "working"];
  if (alias === undefined || known.includes(alias) || names.length === 0) return;
  const near = nearest(alias, known);
  throw new RequestError(
    `no prompt has the alias "${alias}"`,
    near === undefined ? `the aliases are ${known.join(", ")}` : `did you mean "${near}"?`,
  );
}
