// What runners of CI services obey in a log: checked against GitHub's own two parsers.

import fc from "fast-check";
import { expect, it } from "vitest";
import { escapeLogCommands } from "./log-commands.js";

/** The commands that GitHub's runner finds: after src/Runner.Common/ActionCommand.cs, TryParseV2 and TryParse, without its list of names. */
function commandsIn(log: string): string[] {
  return log.split(/\r\n|\r|\n/).filter((line) => {
    const trimmed = line.replace(/^[\s\u0085]+/, "");
    if (trimmed.startsWith("::") && trimmed.indexOf("::", 2) >= 0) return true;
    const start = line.indexOf("##[");
    return start >= 0 && line.indexOf("]", start) >= 0;
  });
}

const piece = fc.oneof(
  fc.constantFrom(
    "::",
    ":",
    "#",
    "##",
    "##[",
    "[",
    "]",
    " ",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\\",
    "set-output name=a::b",
    "\u00a0",
    "\u0085",
  ),
  fc.constantFrom('"', "x", "group", "##vso[task.setvariable]", "section_start:1:a"),
);

it("leaves no command in any text, and no other text changed", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      const escaped = escapeLogCommands(text);
      expect(commandsIn(escaped)).toEqual([]);
      expect(escaped).not.toMatch(/##vso\[|section_start:\d/);
      const restored = escaped.replaceAll("\\u0023", "#").replaceAll("\\u005f", "_").replaceAll("\\u003a", ":");
      expect(restored).toBe(text);
    }),
    { seed: 3, numRuns: 5000 },
  );
});

it("leaves JSON the same data", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const data = { [pieces.join("")]: [pieces.join("-")] };
      const escaped = escapeLogCommands(`${JSON.stringify(data, null, 2)}\n`);
      expect(JSON.parse(escaped)).toEqual(data);
      expect(commandsIn(escaped)).toEqual([]);
    }),
    { seed: 4, numRuns: 2000 },
  );
});

it("changes a line only where it could be a command", () => {
  for (const text of ["a::b", "std::vector", "# Heading", "## Heading", "#[x]", "prompts:/greet/1", "a ## b"])
    expect(escapeLogCommands(text)).toBe(text);
  expect(escapeLogCommands("::x", false)).toBe("::x");
});
