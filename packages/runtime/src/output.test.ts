import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { PromptOutputError } from "./errors.js";
import { findJsonEnd } from "./json-end.js";
import { plainOutputParser, textAnswers, wordAnswers } from "./output.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SCHEMA = {
  type: "object",
  properties: { answer: { type: "string" }, dollars: { type: "number" } },
  required: ["answer"],
  additionalProperties: false,
};
const { parseOutput } = plainOutputParser({}, { uri: "prompts:/cost/1", outputSchema: SCHEMA });

function failureOf(answer: unknown): PromptOutputError {
  try {
    parseOutput(answer);
  } catch (error) {
    if (error instanceof PromptOutputError) return error;
    throw error;
  }
  throw new Error("the answer was taken");
}

describe("parseOutput of plain answers", () => {
  const outputSchema = { type: "string", enum: ["yes", "no", ' "yes"\n'] };
  const metadata = { uri: "prompts:/mood/1", outputSchema };
  const word = wordAnswers(plainOutputParser)({}, metadata);
  const text = textAnswers(plainOutputParser)({}, metadata);

  it.each(["yes", " yes\n", '"yes"', "```\nyes\n```", "`yes`"])("finds the word in %j", (answer) => {
    expect(word.parseOutput(answer)).toBe("yes");
  });

  it("keeps a text as it is, and checks both", () => {
    expect(text.parseOutput(' "yes"\n')).toBe(' "yes"\n');
    expect(() => text.parseOutput("maybe")).toThrow(PromptOutputError);
    expect(() => word.parseOutput("maybe")).toThrow(PromptOutputError);
    expect(() => word.parseOutput(1)).toThrow(PromptOutputError);
  });
});

describe("parseOutput", () => {
  it.each([
    ["text", '{"answer":"12","dollars":12.5}'],
    ["with white space around it", ' \n\t{ "answer": "12", "dollars": 12.5 }\r\n'],
    ["with a byte-order mark", '\ufeff{"answer":"12","dollars":12.5}'],
    ["in a fence", '```json\n{"answer":"12","dollars":12.5}\n```'],
    ["in a fence without a language, with white space around it", '\n```\n{"answer":"12","dollars":12.5}\n```\n\n'],
    ["in a longer fence, with Windows line ends", '````JSON\r\n{"answer":"12","dollars":12.5}\r\n````'],
    ["a value", { answer: "12", dollars: 12.5 }],
  ])("takes %s", (_, answer) => {
    expect(parseOutput(answer)).toEqual({ answer: "12", dollars: 12.5 });
  });

  it("takes fences inside texts for what they are", () => {
    expect(parseOutput('```\n{"answer":"```js\\n1\\n```"}\n```')).toEqual({ answer: "```js\n1\n```" });
  });

  it("returns a parsed value itself, not a copy", () => {
    const answer = { answer: "12" };
    expect(parseOutput(answer)).toBe(answer);
  });

  it("names everything that is wrong", () => {
    const error = failureOf('{"anwser":"12","dollars":"12"}');
    expect(error).toBeInstanceOf(TypeError);
    expect(error.name).toBe("PromptOutputError");
    expect(error.uri).toBe("prompts:/cost/1");
    expect(error.message).toBe(
      [
        "the answer is not valid for prompts:/cost/1:",
        '  - answer: expected a string, got nothing; "anwser" was given: did you mean "answer"?',
        '  - dollars: expected a number, got a string ("12")',
        '  - anwser: unexpected property (a string, "12")',
      ].join("\n"),
    );
  });

  it("takes no member __proto__ that JSON brings", () => {
    expect(failureOf('{"answer":"x","__proto__":{}}').issues).toMatchObject([{ path: "__proto__" }]);
  });

  it.each([
    ["", 1, 1, "its end"],
    ['{"answer":', 1, 11, "its end"],
    ['{\n  "answer": twelve\n}', 2, 13, 'a string ("twelve\\n}")'],
    ["Here it is: {}", 1, 1, 'a string ("Here it is: {}")'],
    ["\n```json\n{\"answer\": 'x'}\n```", 3, 12, "a string (\"'x'}\")"],
    ['{"answer":"x"} and more', 1, 16, 'a string ("and more")'],
    ["Two:\n```\n{}\n```\n```\n{}\n```", 1, 1, 'a string ("Two:\\n```\\n{}\\n```\\n```\\n")'],
    ["```", 1, 1, 'a string ("```")'],
    ["``````", 1, 1, 'a string ("``````")'],
    ["```x\nx\n```", 2, 1, 'a string ("x")'],
    [" ```json\n\n  j\n```", 3, 3, 'a string ("j")'],
    ["```json\n```", 2, 1, "its end"],
  ])("reports where %j is not valid JSON", (answer, line, column, found) => {
    expect(failureOf(answer).issues).toEqual([
      { path: "", expected: "JSON", actual: `${found} at line ${line}, column ${column}`, position: { line, column } },
    ]);
  });

  it("wants more than a text, where it is given no text", () => {
    expect(failureOf(undefined).issues).toEqual([{ path: "", expected: "an object", actual: "nothing" }]);
  });
});

describe("findJsonEnd", () => {
  it.each([
    ["[1,]", 3],
    ["[1 2]", 3],
    ["[01]", 1],
    ["[1.]", 1],
    ["[-]", 1],
    ["[1e]", 1],
    ["[nulls]", 1],
    ["[}", 1],
    ["{]", 1],
    ["{,}", 1],
    ['{"a"}', 4],
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ["{a:1}", 1],
    ['"a\nb"', 0],
    ['"\\x"', 0],
    ["{} {}", 3],
    ["[[],[{}],", 9],
    ["1,", 1],
    ["]", 0],
    ["  ", 2],
  ])("%j", (text, end) => {
    expect(findJsonEnd(text)).toBe(end);
  });

  it("finds any mark that JSON does not have, wherever it was put between tokens", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, random) => {
        const places = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^"[\]{},:]+/g)].map(({ index }) => index);
        const at = places[random % places.length] ?? 0;
        expect(findJsonEnd(`${text.slice(0, at)} @${text.slice(at)}`)).toBe(at + 1);
      }),
      { seed: 1 },
    );
  });

  it("calls no JSON complete that parsers refuse, and reads all that they take", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", ":", '"', "1", "e"), (text, random, mark) => {
        const at = random % (text.length + 1);
        const changed = text.slice(0, at) + mark + text.slice(at);
        const isJson = (candidate: string) => {
          try {
            JSON.parse(candidate);
            return true;
          } catch {
            return false;
          }
        };
        const end = findJsonEnd(changed);
        if (isJson(changed)) expect(end).toBe(changed.length);
        // The text before the reported offset can still become JSON, so valid text is never reported.
        else expect(isJson(changed.slice(0, end)) || findJsonEnd(changed.slice(0, end)) === end).toBe(true);
      }),
      { seed: 1 },
    );
  });
});
