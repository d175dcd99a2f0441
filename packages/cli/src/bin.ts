// The `cuecard` program: runs a command line in this process.

import { exitCode } from "./exit.js";
import { run } from "./run.js";
import { processTerminal } from "./terminal/terminal.js";

let isLost = false;
for (const stream of [process.stdout, process.stderr])
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    // A reader that stops early (`cuecard list | head -1`) is not an error. The command runs to its end, because it may be
    // in the middle of a change.
    if (code === "EPIPE" || isLost) return;
    isLost = true;
    process.exitCode ||= exitCode.findings;
    if (stream === process.stdout) process.stderr.write(`error: the output cannot be written: ${message}\n`);
  });

const code = await run(process.argv.slice(2), processTerminal());
process.exitCode = isLost ? code || exitCode.findings : code;
