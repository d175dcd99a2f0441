import { describe, expect, it } from "vitest";
import { findTreeEntry, notAFile, notesOf, parseTagObject, treeOfCommit } from "./objects.js";

const OID = "ab".repeat(20);

describe("notesOf", () => {
  it.each([
    ["First\n", "First"],
    ["\n First\r\n\r\nMore \n\n", "First\n\nMore"],
    ["Signed\n-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n", "Signed"],
    ["Signed\n-----BEGIN SSH SIGNATURE-----\nx\n", "Signed"],
    ["Quotes -----BEGIN SSH SIGNATURE----- inside a line\n", "Quotes -----BEGIN SSH SIGNATURE----- inside a line"],
    [
      "-----BEGIN SSH SIGNATURE-----\nquoted\nText\n-----BEGIN PGP SIGNATURE-----\n",
      "-----BEGIN SSH SIGNATURE-----\nquoted\nText",
    ],
    ["", ""],
  ])("%j", (message, notes) => expect(notesOf(message)).toBe(notes));
});

describe("parseTagObject", () => {
  it("reads headers, never lines of the message", () => {
    const text = `object ${OID}\ntype commit\ntag a@v1\ntagger T <t> 0 +0000\n\ntag other@v1\n\nmore\n`;
    expect(parseTagObject(Buffer.from(text))).toEqual({
      target: OID,
      name: "a@v1",
      tagger: "T <t> 0 +0000",
      message: "tag other@v1\n\nmore\n",
    });
  });
  it("is undefined for a malformed tag", () => {
    expect(parseTagObject(Buffer.from(`tree ${OID}\n\ntag a@v1\n`))).toBeUndefined();
  });
});

describe("findTreeEntry", () => {
  const entry = (mode: string, name: string, oid: string) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, "hex")]);
  const disguise = Buffer.from("100644 evil.md\0".padEnd(20, "x")).toString("hex");
  const tree = Buffer.concat([
    entry("100644", "a.md", disguise),
    entry("40000", "dir", OID),
    entry("100644", "é", OID),
  ]);

  it.each([
    ["a.md", { mode: "100644", oid: disguise }],
    ["dir", { mode: "40000", oid: OID }],
    ["é", { mode: "100644", oid: OID }],
    ["evil.md", undefined],
    ["a.m", undefined],
    ["", undefined],
  ])("%j", (name, found) => expect(findTreeEntry(tree, Buffer.from(name), 20)).toEqual(found));
});

it("finds a commit's tree", () => {
  expect(treeOfCommit(Buffer.from(`tree ${OID}\nparent x\n`))).toBe(OID);
  expect(treeOfCommit(Buffer.from("nothing"))).toBeUndefined();
});

it.each([
  ["100644", undefined],
  ["100755", undefined],
  ["120000", "a symbolic link"],
  ["160000", "a submodule"],
  ["40000", "a folder"],
  ["100664", "an entry of mode 100664"],
])("mode %s", (mode, what) => expect(notAFile(mode)).toBe(what));
