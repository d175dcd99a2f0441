// Reads the files of a package's tar archive (ustar, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html).

const BLOCK = 512;

/** Texts by path, the leading `package/` left out. */
export function unpackTar(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const field = (start: number, length: number) =>
      archive.toString("utf8", at + start, at + start + length).replace(/\0.*$/s, "");
    const name = field(0, 100);
    if (name === "") break;
    const size = Number.parseInt(field(124, 12), 8);
    const kind = field(156, 1);
    if (kind !== "0" && kind !== "" && kind !== "5")
      throw new Error(`${name}: entries of type ${kind} are not expected`);
    const prefix = field(345, 155);
    const path = (prefix === "" ? name : `${prefix}/${name}`).replace(/^package\//, "");
    if (kind !== "5") files.set(path, archive.toString("utf8", at + BLOCK, at + BLOCK + size));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
