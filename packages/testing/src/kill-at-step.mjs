// Preloaded into a Node process (`node --import`): counts its steps, and kills its process group just before one of them.
// A step is a change of a file, the middle of a write to a file, or the start or the end of a child process: the points where
// a killed command can leave different traces. Reads KILL_AT_STEP, and writes the number of steps to the file STEPS_FILE when
// the process ends.

import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const CHANGES = ["link", "mkdir", "mkdtemp", "rename", "rm", "rmdir", "symlink", "unlink"];
const WRITES = ["appendFile", "writeFile"];

const killAt = Number(process.env["KILL_AT_STEP"]);
const stepsFile = process.env["STEPS_FILE"];
const { appendFileSync, writeFileSync } = fs;
let steps = 0;

function step() {
  steps++;
  if (steps === killAt) process.kill(-process.pid, "SIGKILL");
}

/** Counts a step before a write, and one in its middle. */
function countWrites(target, name) {
  const original = target[name];
  target[name] = function counted(file, data, ...rest) {
    step();
    if (steps + 1 === killAt && (typeof data === "string" || Buffer.isBuffer(data)))
      (name.startsWith("append") ? appendFileSync : writeFileSync)(file, data.slice(0, data.length / 2), ...rest);
    step();
    return original.call(this, file, data, ...rest);
  };
}

function countCalls(target, name, isChange = () => true) {
  const original = target[name];
  target[name] = function counted(...args) {
    if (isChange(args)) step();
    return original.apply(this, args);
  };
}

for (const name of CHANGES) {
  countCalls(fs.promises, name);
  countCalls(fs, `${name}Sync`);
}
for (const name of WRITES) {
  countWrites(fs.promises, name);
  countWrites(fs, `${name}Sync`);
}
const opensForWriting = ([, flags]) => flags !== undefined && flags !== "r" && flags !== fs.constants.O_RDONLY;
countCalls(fs.promises, "open", opensForWriting);
countCalls(fs, "openSync", opensForWriting);
countCalls(fs, "fsync");

const { spawn } = childProcess;
childProcess.spawn = (...args) => {
  step();
  const child = spawn(...args);
  child.once("exit", step);
  step();
  return child;
};
syncBuiltinESMExports();

if (stepsFile !== undefined) process.on("exit", () => writeFileSync(stepsFile, String(steps)));
