// Preloaded into a Node process (`node --import`): counts its steps, and at each of them either kills the process group or
// takes a snapshot of a folder. A step is a change of a file, the middle of a write to a file, or the start or the end of a
// child process: the points where a killed command can leave different traces.
//
// KILL_AT_STEP    kills just before this step
// RECORDING       a folder: gets a copy of the folder RECORDED for each step that differs from the step before (named after
//                 the step), and the file `steps.json` when the process ends

import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";

const CHANGES = ["link", "mkdir", "mkdtemp", "rename", "rm", "rmdir", "symlink", "unlink"];
const WRITES = ["appendFile", "writeFile"];

const killAt = Number(process.env["KILL_AT_STEP"]);
const { RECORDING: recording, RECORDED: recorded } = process.env;
// The originals: what this file does itself is not a step.
const { spawnSync } = childProcess;
const { appendFileSync, ftruncateSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } = fs;

let steps = 0;
/** The steps right after the start of a child process. */
const starts = [];
let fingerprint = "";
/** Whether this file itself writes: then, what Node calls in turn is not a step either. */
let isPaused = false;

/** @param isStart Whether a child has just been started: it may be writing, so its files cannot be copied now. */
function step(isStart = false) {
  if (isPaused) return;
  steps++;
  if (steps === killAt) process.kill(-process.pid, "SIGKILL");
  if (isStart) starts.push(steps);
  else if (recording !== undefined) takeSnapshot();
}

function takeSnapshot() {
  const current = fingerprintOf(recorded);
  if (current === fingerprint) return;
  fingerprint = current;
  const { status, stderr } = spawnSync("cp", ["-a", recorded, path.join(recording, String(steps))]);
  if (status !== 0) throw new Error(`no snapshot: ${stderr}`);
}

/** Changes with every change of a file: of its place, its content or its time. */
function fingerprintOf(file) {
  const found = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return "";
  const own = `${file} ${found.ino} ${found.size} ${found.ctimeNs}\n`;
  if (!found.isDirectory()) return own;
  return (
    own +
    readdirSync(file)
      .map((name) => fingerprintOf(path.join(file, name)))
      .join("")
  );
}

/** Takes a step before a write, and one in its middle: with half of the data written, which is then undone. */
function stepsOfWrite(data, writeHalf) {
  step();
  const isHalf = recording !== undefined || steps + 1 === killAt;
  if (!isHalf || !(typeof data === "string" || Buffer.isBuffer(data))) return step();
  isPaused = true;
  const undo = writeHalf(data.slice(0, data.length / 2));
  isPaused = false;
  step();
  isPaused = true;
  undo();
  isPaused = false;
}

function countWrites(target, name) {
  const original = target[name];
  target[name] = function counted(file, data, ...rest) {
    stepsOfWrite(data, (half) => {
      const before = lstatSync(file, { throwIfNoEntry: false }) && readFileSync(file);
      (name.startsWith("append") ? appendFileSync : writeFileSync)(file, half, ...rest);
      return () => (before === undefined ? rmSync(file) : writeFileSync(file, before));
    });
    return original.call(this, file, data, ...rest);
  };
}

/** The same for `handle.writeFile` of an empty file that was opened for writing. */
function countHandleWrites(handle) {
  const { writeFile } = handle;
  handle.writeFile = function counted(data, ...rest) {
    stepsOfWrite(data, (half) => {
      writeSync(handle.fd, half, 0);
      return () => ftruncateSync(handle.fd);
    });
    return writeFile.call(this, data, ...rest);
  };
  return handle;
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

const { open } = fs.promises;
fs.promises.open = async (...args) => {
  const handle = await open(...args);
  return String(args[1]).startsWith("w") ? countHandleWrites(handle) : handle;
};

const { spawn } = childProcess;
childProcess.spawn = (...args) => {
  step();
  const child = spawn(...args);
  child.once("exit", () => step());
  step(true);
  return child;
};
syncBuiltinESMExports();

if (recording !== undefined)
  process.on("exit", () => {
    step();
    writeFileSync(path.join(recording, "steps.json"), JSON.stringify({ total: steps - 1, starts }));
  });
