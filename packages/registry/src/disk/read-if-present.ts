// Reads a file that may not exist.

import { readFileSync } from "node:fs";
import { errorCode } from "./error-code.js";

/**
 * @returns `undefined` if there is no such file.
 * @throws Error of Node if the file exists and cannot be read.
 */
export function readIfPresent(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}
