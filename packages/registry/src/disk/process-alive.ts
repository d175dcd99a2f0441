// Whether the process that created a lock or a temporary file is still running.

import { errorCode } from "./error-code.js";

const MAX_PID = 2 ** 31 - 1;

/** Whether a process with this id runs on this machine, under any user. */
export function isProcessAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid > MAX_PID) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to another user.
    return errorCode(error) !== "ESRCH";
  }
}
