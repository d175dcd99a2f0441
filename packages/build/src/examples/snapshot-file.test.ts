// Snapshot files: what is printed comes back, whatever the texts and names, also with other line ends.

import fc from "fast-check";
import { expect, it } from "vitest";
import { parseSnapshots, printSnapshots } from "./snapshot-file.js";

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "a",
        " ",
        "\n",
        "\t",
        "|",
        '"',
        "#",
        "## x",
        "\r",
        "\u0000",
        "\u202e",
        "\u200b",
        "\ud800",
        "\u2028",
        "=======",
        "user\n",
        "👩‍👩‍👧",
        "é",
        "\u0301",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
const messages = fc.array(fc.record({ role: fc.constantFrom("system", "user", "assistant"), text }), { maxLength: 3 });

it("comes back as it was, also with CRLF", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(text, messages), { selector: ([name]) => name, maxLength: 4 }), (entries) => {
      const printed = printSnapshots("greet", new Map(entries));
      expect(printed).not.toMatch(/[ \t]$|[\r\u0000\u202e\u2028]/m);
      for (const file of [printed, printed.replaceAll("\n", "\r\n")])
        expect([...(parseSnapshots(file) as ReadonlyMap<string, unknown>)]).toEqual(entries);
    }),
    { seed: 5, numRuns: 1000 },
  );
});

it.each([
  ["# Another file\n", 1, "is not the beginning of a snapshot"],
  ["# What the examples of a render.\n## x\nuser\n| a\n<<<<<<< HEAD\n", 5, "is the marker of a merge conflict"],
  ["# What the examples of a render.\n## x\n## x\n", 3, "is the name of an example that is above already"],
  ["# What the examples of a render.\n| a\n", 2, "is not a line of a message"],
  ['# What the examples of a render.\n## x\nuser\n|"a\n', 4, "is not a line of a message"],
  ["# What the examples of a render.\nHello\n", 2, "is not part of a snapshot"],
])("%j is refused", (file, line, problem) => {
  expect(parseSnapshots(file)).toEqual({ line, problem });
});
