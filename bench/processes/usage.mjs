// What the running process used so far. On Linux from /proc: there a process that was just started has its parent's memory
// counted in `resourceUsage().maxRSS`, and only /proc tells what ended children took of the processor.

import { readFileSync } from "node:fs";
import { resourceUsage } from "node:process";

/** A clock tick of /proc, in milliseconds: 100 a second on every usual Linux. */
const TICK = 10;

/** The most memory held at once, in bytes. */
export function peakBytes() {
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readProc("status"))?.[1] ?? resourceUsage().maxRSS;
  return Number(kilobytes) * 1024;
}

/** Time of the processor, of this process and its ended children, in milliseconds. */
export function processorMilliseconds() {
  const { userCPUTime, systemCPUTime } = resourceUsage();
  // After the program's name, which may hold anything: state, ppid … and as 14th and 15th cutime, cstime.
  const fields = readProc("stat")
    .replace(/^.*\) /s, "")
    .split(" ");
  const children = (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) * TICK;
  return (userCPUTime + systemCPUTime) / 1000 + children;
}

/** @param {"status" | "stat"} file */
function readProc(file) {
  try {
    return readFileSync(`/proc/self/${file}`, "utf8");
  } catch {
    return "";
  }
}
