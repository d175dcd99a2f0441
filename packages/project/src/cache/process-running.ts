// Whether the process that left a temporary file or folder behind is still at work.

/** A process of this number, other than this one, that is alive. (In a container a killed one may have had ours.) */
export function isOtherRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
