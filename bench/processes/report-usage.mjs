// Imported before a measured program: when it ends, what it used is written to file descriptor 3 as JSON.

import { writeSync } from "node:fs";
import { peakBytes, processorMilliseconds } from "./usage.mjs";

process.on("exit", () => {
  const usage = { peakBytes: peakBytes(), processorMilliseconds: processorMilliseconds() };
  writeSync(3, JSON.stringify(usage));
});
