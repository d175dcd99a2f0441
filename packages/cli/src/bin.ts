// The `cuecard` program: runs a command line in this process.

import { run } from "./run.js";
import { processTerminal } from "./terminal/terminal.js";

// A reader that stops early (`cuecard list | head -1`) is not an error.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });

process.exitCode = await run(process.argv.slice(2), processTerminal());
