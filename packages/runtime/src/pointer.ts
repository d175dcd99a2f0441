// JSON pointers (RFC 6901), as validators name places by them.

/** `/items/0/a~1b` as `["items", "0", "a/b"]`. */
export function pointerKeys(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replace(/~1/g, "/").replace(/~0/g, "~"));
}
