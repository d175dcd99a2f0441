import { type Diagnostic, diagnose } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { snapshotSources } from "../../../project/src/read/sources.js";
import { displayWidth } from "../terminal/text.js";
import { codeFrame } from "./code-frame.js";
import { formatGithub, formatSummary } from "./format-github.js";
import { formatText } from "./format-text.js";
import { formatJson } from "./json.js";
import { startProgress } from "./progress.js";
import { formatRows, formatTable } from "./table.js";

const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});
const finding = (over: Partial<Diagnostic> = {}): Diagnostic => ({
  ...diagnose(
    "template/undeclared-variable",
    { variable: "nme", nearest: "name" },
    { file: "prompts/a.md", range: at(2, 6, 2, 9) },
  ),
  ...over,
});
const github = (diagnostics: readonly Diagnostic[], folder = "") =>
  formatGithub(diagnostics, { folder, stopToken: "TOKEN", sources: () => undefined }).split("\n");

describe("code frames", () => {
  it.each([
    ["a word", "one\nHi {{nme}}", at(2, 6, 2, 9), ["  1 | one", "> 2 | Hi {{nme}}", "    |      ^^^"]],
    ["an empty range", "abc", at(1, 2, 1, 2), ["> 1 | abc", "    |  ^"]],
    ["several lines: to the end of the first", "abc\ndef", at(1, 2, 2, 2), ["> 1 | abc", "    |  ^^"]],
    ["tabs", "\tx y", at(1, 2, 1, 3), ["> 1 |   x y", "    |   ^"]],
    ["wide characters", "你好 nme", at(1, 4, 1, 7), ["> 1 | 你好 nme", "    |      ^^^"]],
    ["the end of the line", "abc", at(1, 4, 1, 4), ["> 1 | abc", "    |    ^"]],
    ["escape sequences, shown and not obeyed", "a\x1b[2Jb", at(1, 1, 1, 2), ["> 1 | a␛[2Jb", "    | ^"]],
  ])("%s", (_, text, range, lines) => {
    expect(codeFrame(text.split("\n"), range, { width: 80 })?.split("\n")).toEqual(lines);
  });

  it("shows the part of a long line that matters", () => {
    const text = `${"a".repeat(300)}nme${"b".repeat(300)}`;
    const frame = codeFrame([text], at(1, 301, 1, 304), { width: 60 })?.split("\n") ?? [];
    for (const line of frame) expect(displayWidth(line)).toBeLessThanOrEqual(60);
    const mark = frame[1]?.indexOf("^^^") ?? -1;
    expect(frame[0]?.slice(mark, mark + 3)).toBe("nme");
  });

  it("is left out when the range lies outside", () => {
    expect(codeFrame(["abc"], at(9, 1, 9, 2), { width: 80 })).toBeUndefined();
  });
});

describe("sources", () => {
  it("have the lines that the compiler counted: a lone carriage return ends none", () => {
    const sources = snapshotSources(undefined, () => "\uFEFFone\rstill one\r\ntwo");
    expect(sources("prompts/a.md", undefined)).toBe("one\rstill one\ntwo");
  });
});

describe("text", () => {
  it("has place, message, frame, hint and count", () => {
    const text = formatText([finding(), finding({ severity: "warning", ref: "v3" })], {
      sources: (_, ref) => (ref === undefined ? "one\nHi {{nme}}" : "old\nHo {{nme}}"),
    });
    expect(text).toBe(`prompts/a.md:2:6  error  template/undeclared-variable
  "nme" is not declared in input.schema

    1 | one
  > 2 | Hi {{nme}}
      |      ^^^

  hint: did you mean "name"?

prompts/a.md@v3:2:6  warning  template/undeclared-variable
  "nme" is not declared in input.schema

    1 | old
  > 2 | Ho {{nme}}
      |      ^^^

  hint: did you mean "name"?

1 error, 1 warning
`);
  });

  it("fits a narrow terminal", () => {
    const message = "a rather long message of many words that would not fit into a terminal of forty columns";
    const lines = formatText([finding({ message, hint: message })], {
      width: 40,
      sources: () => "x ".repeat(200),
    }).split("\n");
    for (const line of lines.slice(1)) expect(displayWidth(line)).toBeLessThanOrEqual(40);
  });

  it("keeps the lines of git, and wraps nothing where the width is unknown", () => {
    const problem = `fatal\n${"many words of a hook ".repeat(20).trim()}`;
    const text = formatText([diagnose("git/remote-failed", { remote: "origin", problem }, { file: "." })]);
    const [, sentence, ...lines] = text.split("\n");
    expect(sentence).toBe("  the remote origin could not be read:");
    expect(lines.slice(0, 2)).toEqual(problem.split("\n").map((line) => `  ${line}`));
  });

  it("obeys nothing that a message says", () => {
    const text = formatText([finding({ message: "a\x1b[31m\nb\u202Ec", hint: "\x07" })]);
    expect(text).toContain("\n  a␛[31m\n  b<U+202E>c\n");
    expect(text).not.toMatch(/[\x1b\x07\u202e]/);
  });
});

describe("github", () => {
  it("annotates a place", () => {
    expect(github([finding()], "services/bot")[0]).toBe(
      '::error file=services/bot/prompts/a.md,line=2,endLine=2,col=6,endColumn=8,title=template/undeclared-variable::"nme" is not declared in input.schema%0Ahint: did you mean "name"?',
    );
  });

  it("annotates the file alone for a version's finding, whose lines are others", () => {
    const [line] = github([finding({ ref: "v3", severity: "warning" })]);
    expect(line).toMatch(/^::warning file=prompts\/a\.md,title=template\/undeclared-variable::prompts\/a\.md@v3:2:6: /);
  });

  it.each([
    ["a percent sign", "100%", "100%25"],
    ["line ends", "a\r\nb", "a%0D%0Ab"],
    ["a command", "x\n::stop-commands::y", "x%0A::stop-commands::y"],
  ])("escapes %s in a message", (_, message, escaped) => {
    expect(github([finding({ message })])[0]).toContain(`::${escaped}%0Ahint`);
  });

  it("escapes properties", () => {
    expect(github([finding({ file: "a:b,c%\n.md" })])[0]).toContain("file=a%3Ab%2Cc%25%0A.md,");
  });

  it("prints what prompts say only while commands are stopped", () => {
    const lines = formatGithub([finding({ message: "m" })], {
      folder: "",
      stopToken: "TOKEN",
      sources: () => "::set-output name=x::y\n::add-mask::z {{nme}} ##[error]w",
    }).split("\n");
    const stop = lines.indexOf("::stop-commands::TOKEN");
    const start = lines.indexOf("::TOKEN::");
    expect(stop).toBe(1);
    for (const [index, line] of lines.entries())
      if (/set-output|add-mask|##\[/.test(line)) expect(index > stop && index < start).toBe(true);
  });

  it("gives ten annotations of a kind, errors first, and says how many there are beside", () => {
    const many = Array.from({ length: 13 }, (_, n) => finding({ file: `w${n}.md`, severity: "warning" }));
    const lines = github([...many, finding({ file: "e.md" })]);
    expect(lines[0]).toContain("::error file=e.md");
    expect(lines.filter((line) => line.startsWith("::warning "))).toHaveLength(10);
    expect(lines.join("\n")).toContain("3 warnings more than GitHub shows as annotations");
    expect(lines.join("\n")).toContain("w12.md");
  });

  it("says nothing when there is nothing", () => {
    expect(formatGithub([], { folder: "", stopToken: "TOKEN" })).toBe("");
  });
});

describe("the summary page", () => {
  it("shows text as it is", () => {
    const page = formatSummary([finding({ message: "a|b <img src=x> [x](http://e.vil) @ada `c`\n# d" })], "");
    const row = page.split("\n").find((line) => line.startsWith("| error")) ?? "";
    expect(row.split("|")).toHaveLength(6);
    expect(row).not.toMatch(/<img|\]\(|http:|@ada| # /);
  });

  it("stays small", () => {
    const page = formatSummary(
      Array.from({ length: 5000 }, () => finding({ message: "x".repeat(5000) })),
      "",
    );
    expect(page.length).toBeLessThan(1_000_000);
    expect(page).toContain("and 4800 more");
  });
});

describe("json", () => {
  it("is one document with the diagnostics as they are", () => {
    expect(JSON.parse(formatJson([finding()]))).toEqual({ diagnostics: [finding()] });
    expect(JSON.parse(formatJson([]))).toEqual({ diagnostics: [] });
  });
});

describe("tables", () => {
  const rows = [["greet", "v2", "production → v1", "a long description of it"]];
  it.each([200, 60, 40, 24, 12])("fit %i columns", (width) => {
    const table = formatTable(["NAME", "LATEST", "ALIASES", "DESCRIPTION"], rows, { width });
    for (const line of table.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(table).toContain("greet");
  });

  it.each([
    [
      70,
      "NAME   LATEST  ALIASES          DESCRIPTION\ngreet  v2      production → v1  a long description of it, in many wor…\n",
    ],
    [50, "NAME   LATEST  ALIASES\ngreet  v2      production → v1\n"],
    [22, "greet  v2\n    production → v1\n"],
    [14, "greet  v2\n    production → v1\n"],
  ])("leave out what is dispensable first: %i columns", (width, expected) => {
    const long = rows.map((row) => [...row.slice(0, 3), "a long description of it, in many words that take room"]);
    const headings = ["NAME", "LATEST", "ALIASES", "DESCRIPTION"];
    expect(formatRows(headings, long, 2, { width, dispensable: 1 })).toBe(expected);
  });

  it("has no cell for nothing where a row takes several lines", () => {
    const headings = ["NAME", "LATEST", "ALIASES", "DESCRIPTION"];
    expect(formatRows(headings, [["hello", "-", "-", ""]], 2, { width: 14, dispensable: 1 })).toBe("hello\n");
  });
});

describe("progress", () => {
  const draw = (interactive: boolean, times: readonly number[]) => {
    let written = "";
    const clock = times.values();
    const stream = {
      write(text: string) {
        written += text;
      },
      interactive,
      columns: 80,
    };
    const progress = startProgress(stream, "Reading", () => clock.next().value ?? 0);
    times.forEach((_, index) => void progress.report(index + 1, 10));
    progress.report(10, 10);
    return written;
  };
  it("is silent for short work and in pipes", () => {
    expect(draw(true, [100, 300, 590])).toBe("");
    expect(draw(false, [100, 900, 5000])).toBe("");
  });
  it("is drawn after half a second, and removed", () => {
    expect(draw(true, [100, 300, 620])).toMatch(/^\rReading █+░+ 3\/10\x1b\[K\r\x1b\[K$/);
  });
});
