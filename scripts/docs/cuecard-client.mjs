#!/usr/bin/env node
// `cuecard` in the project of a page: passes the command line to the server that `cuecard-server.ts` starts.

import { request } from "node:http";
import { text } from "node:stream/consumers";

const { CUECARD_SERVER, ...env } = process.env;
const stdin = process.stdin.isTTY ? "" : await text(process.stdin);
request({ socketPath: CUECARD_SERVER, method: "POST" }, async (response) => {
  const { code, stdout, stderr } = JSON.parse(await text(response));
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = code;
}).end(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), env, stdin }));
