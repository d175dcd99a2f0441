import { formatPlace } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { parseLock, printLock } from "./lock-file.js";

const A = "a".repeat(40);
const B = "b".repeat(40);
const D = `sha256-${"d".repeat(43)}=`;
const NOT_TEXTS = 'only the notes and retired "<reason>", each as a JSON string, may follow the digest';
const E = `sha256-${"e".repeat(43)}=`;

describe("parseLock", () => {
  it.each<[what: string, text: string, tags: string[], findings: string[]]>([
    ["nothing", "", [], []],
    ["a version", `greet@v1 ${A} ${D}\n`, ["greet@v1"], []],
    ["notes", `greet@v1 ${A} ${D} "First, \\"the\\" one"\n`, ["greet@v1"], []],
    ["CRLF, blank lines, a comment at the head", `# ours\r\n\r\ngreet@v1 ${A} ${D}\r\n`, ["greet@v1"], []],
    ["the same line twice, as after a union merge", `greet@v1 ${A} ${D}\ngreet@v1 ${A} ${D}\n`, ["greet@v1"], []],
    ["sha256 commits", `greet@v1 ${"c".repeat(64)} ${D}\n`, ["greet@v1"], []],
    ["a retired version", `greet@v1 ${A} ${D} "First" retired "Wrong prices"\n`, ["greet@v1"], []],
    ["two lines of one content with different notes", `greet@v1 ${A} ${D}\ngreet@v1 ${A} ${D} "x"\n`, ["greet@v1"], []],
    [
      "two different lines for one version",
      `greet@v1 ${A} ${D}\ngreet@v1 ${B} ${D}\nhi@v1 ${A} ${D}\n`,
      ["hi@v1"],
      ["prompts.lock:2:1 lock/conflicting-lines"],
    ],
    ["a comment between", `greet@v1 ${A} ${D}\n# x\n`, ["greet@v1"], ["prompts.lock:2:1 lock/invalid-line"]],
    [
      "merge markers, once",
      `<<<<<<< ours\ngreet@v1 ${A} ${D}\n=======\nhi@v1 ${A} ${D}\n>>>>>>> theirs\n`,
      ["greet@v1", "hi@v1"],
      ["prompts.lock:1:1 lock/conflict-markers"],
    ],
    [
      "invalid lines",
      `greet ${A} ${D}\ngreet@v0 ${A} ${D}\n../x@v1 ${A} ${D}\ngreet@v1 ${A.slice(1)} ${D}\ngreet@v2 ${A} md5-x\n`,
      [],
      [1, 2, 3, 4, 5].map((line) => `prompts.lock:${line}:1 lock/invalid-line`),
    ],
    [
      "notes that are not a JSON string",
      `greet@v1 ${A} ${D} "a" "b"\ngreet@v2 ${A} ${D} notes\ngreet@v3 ${A} ${D} \n`,
      [],
      [1, 2, 3].map((line) => `prompts.lock:${line}:1 lock/invalid-line`),
    ],
  ])("reads %s", (_, text, tags, findings) => {
    const lock = parseLock(text);
    expect([...lock.lines.keys()]).toEqual(tags);
    expect(lock.diagnostics.map((found) => `${formatPlace(found)} ${found.code}`)).toEqual(findings);
  });

  it.each([
    [`greet ${A} ${D}`, '"greet" is not a valid version (name@v1)'],
    [`greet@v1 ${A.slice(1)} ${D}`, `"${A.slice(1)}" is not a full commit id`],
    [`greet@v1 ${A}`, '"" is not a sha256 digest'],
    [`greet@v1 ${A} ${D} x`, NOT_TEXTS],
    [`greet@v1 ${A} ${D} "a" "b"`, NOT_TEXTS],
    [`greet@v1 ${A} ${D} "\\x"`, NOT_TEXTS],
    [`greet@v1 ${A} ${D} retired`, NOT_TEXTS],
    [`greet@v1 ${A} ${D} retired "wrong" "notes"`, NOT_TEXTS],
  ])("says what is wrong with %s", (line, problem) => {
    const [found] = parseLock(line).diagnostics;
    expect(found).toMatchObject({
      message: `this line of prompts.lock is not valid: ${problem}`,
      hint: "remove the line, run `cuecard lock` and commit the result",
      range: { start: { line: 1, column: 1 }, end: { line: 1, column: line.length + 1 } },
    });
  });

  it.each<[what: string, lines: readonly string[], merged: string]>([
    ["notes on one side", ["", '"First"'], '"First"'],
    ["longer notes on one side", ['"First version"', '"First"'], '"First version"'],
    ["other notes on each side", ['"b"', '"a"'], '"a"'],
    ["retired on one side", ['"First"', '"First" retired "Wrong prices"'], '"First" retired "Wrong prices"'],
    ["retired on one side, notes on the other", ['retired "Wrong"', '"First"'], '"First" retired "Wrong"'],
    ["two reasons", ['retired "Wrong"', 'retired "Wrong prices"'], 'retired "Wrong prices"'],
    ["three lines", ['"a"', 'retired "x"', '"ab"'], '"ab" retired "x"'],
  ])("makes one of two lines with %s, in either order", (_, ends, merged) => {
    const line = (end: string) => `greet@v1 ${A} ${D}${end === "" ? "" : ` ${end}`}\n`;
    for (const order of [ends, ends.toReversed()]) {
      const lock = parseLock(order.map(line).join(""));
      expect(lock.diagnostics).toEqual([]);
      expect(printLock(lock.head, lock.lines.values())).toBe(line(merged));
    }
  });

  it.each<[what: string, text: string, resolved: string, findings: string[]]>([
    [
      "lines of each side",
      `a@v1 ${A} ${D}\n<<<<<<< HEAD\nb@v1 ${A} ${D}\n=======\nc@v1 ${A} ${D}\n>>>>>>> other\n`,
      `a@v1 ${A} ${D}\nb@v1 ${A} ${D}\nc@v1 ${A} ${D}\n`,
      [],
    ],
    [
      "the common ancestor",
      `<<<<<<< HEAD\na@v1 ${A} ${D}\n||||||| 1234567\na@v1 ${A} ${D} retired "x"\n=======\na@v1 ${A} ${D} "n"\n>>>>>>> other\n`,
      `a@v1 ${A} ${D} "n"\n`,
      [],
    ],
    [
      "comments at the top",
      `<<<<<<< HEAD\n# ours\n=======\n# ours\n# theirs\n>>>>>>> other\na@v1 ${A} ${D}\n`,
      `# ours\n# theirs\na@v1 ${A} ${D}\n`,
      [],
    ],
    [
      "one version released on both sides",
      `<<<<<<< HEAD\na@v1 ${A} ${D}\n=======\na@v1 ${B} ${D}\n>>>>>>> other\n`,
      "",
      ["prompts.lock:4:1 lock/conflicting-lines"],
    ],
  ])("resolves a merge conflict, where asked: %s", (_, text, resolved, findings) => {
    const lock = parseLock(text, { resolvesConflicts: true });
    expect(lock.resolved).toBe(true);
    expect(printLock(lock.head, lock.lines.values())).toBe(resolved);
    expect(lock.diagnostics.map((found) => `${formatPlace(found)} ${found.code}`)).toEqual(findings);
    expect(parseLock(text).diagnostics[0]?.code).toBe("lock/conflict-markers");
  });

  it("lists versions whose lines cannot be used", () => {
    const lock = parseLock(`greet@v1 x\nhi@v1 ${A} ${D}\nhi@v1 ${A} ${E}\n`);
    expect([...lock.broken]).toEqual(["greet@v1", "hi@v1"]);
  });
});

describe("printLock", () => {
  it("sorts by name, then number, and parses to the same entries", () => {
    const entry = (name: string, version: number, notes = "", retired?: string) => ({
      name,
      version,
      commit: A,
      digest: D,
      notes,
      retired,
    });
    const text = printLock(
      ["# ours"],
      [entry("b", 10), entry("b", 9), entry("a/z", 1, 'two\nlines "quoted" \u2028'), entry("B", 1, "", 'a "b"\n')],
    );
    expect(text).toBe(
      `# ours\nB@v1 ${A} ${D} retired "a \\"b\\"\\n"\na/z@v1 ${A} ${D} "two\\nlines \\"quoted\\" \u2028"\nb@v9 ${A} ${D}\nb@v10 ${A} ${D}\n`,
    );
    const lock = parseLock(text);
    expect(printLock(lock.head, lock.lines.values())).toBe(text);
  });
});
