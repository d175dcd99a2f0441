// The code of an error that the file system or the operating system reports.

/** `ENOENT`, `EEXIST` and so on; `undefined` for any other error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
