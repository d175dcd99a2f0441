// The task of docs/editors.md: VS Code finds the diagnostics of a watched build with its patterns, and sees where each build begins
// and ends.

import { expect, it, vi } from "vitest";
import { runCommand } from "../../packages/cli/test/run-command.js";
import { createProject } from "../../packages/testing/src/index.js";
import { readPage } from "./read-page.js";

vi.setConfig({ testTimeout: 60_000 });

interface Pattern {
  readonly regexp: string;
  readonly file?: number;
  readonly line?: number;
  readonly column?: number;
  readonly severity?: number;
  readonly code?: number;
  readonly message?: number;
}

interface Matcher {
  readonly pattern: readonly [Pattern, Pattern];
  readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
}

function readMatcher(): Matcher {
  const block = readPage("docs/editors.md").blocks.find(({ argument }) => argument === ".vscode/tasks.json");
  return JSON.parse(block?.text ?? "").tasks[0].problemMatcher;
}

/** What VS Code has after each line of output: `begin`, `end`, or a problem, whose message is on the next line. */
function watchLines(output: string, { pattern: [place, text], background }: Matcher): string[] {
  const lines = output.split("\n");
  return lines.flatMap((line, index) => {
    if (new RegExp(background.beginsPattern).test(line)) return ["begin"];
    if (new RegExp(background.endsPattern).test(line)) return ["end"];
    const found = new RegExp(place.regexp).exec(line);
    const message = new RegExp(text.regexp).exec(lines[index + 1] ?? "");
    if (found === null || message === null) return [];
    const { file = 0, line: row = 0, column = 0, severity = 0, code = 0 } = place;
    return [
      `${found[file]} ${found[row]} ${found[column]} ${found[severity]} ${found[code]} ${message[text.message ?? 0]}`,
    ];
  });
}

it("finds what a watched build reports, and the end of each build", async () => {
  const repository = createProject();
  repository.write({
    "aliases.json": "{}",
    "prompts/greet.md": "---\ninput: { schema: { name: strng } }\n---\nHello {{name}}",
  });
  let output = "";
  let stop = () => {};
  const interrupted = new Promise<void>((done) => {
    stop = done;
  });
  const onOutput = (text: string) => {
    output += text;
  };
  const ended = runCommand(["build", "--watch"], { cwd: repository.dir, interrupted, onOutput });
  const matcher = readMatcher();
  const seen = () => watchLines(output, matcher);
  const schema = expect.stringMatching(
    /^prompts\/greet\.md 2 26 error schema\/invalid "input\.schema\.name" is not a valid schema: /,
  );
  await vi.waitUntil(() => output.includes("Watching"), { timeout: 20_000 });
  expect(seen()).toEqual(["begin", schema, "end"]);

  repository.write({ "prompts/greet.md": "---\ntemperature: 1\n---\nHello {{name}}" });
  await vi.waitUntil(() => seen().length >= 6, { timeout: 20_000 });
  const unknownKey = 'prompts/greet.md 2 1 warning front-matter/unknown-key unknown key "temperature"';
  expect(seen()).toEqual(["begin", schema, "end", "begin", unknownKey, "end"]);

  // The warning goes away, although the package stays the same.
  repository.write({ "prompts/greet.md": "---\nconfig: {}\n---\nHello {{name}}" });
  await vi.waitUntil(() => seen().length >= 8, { timeout: 20_000 });
  expect(seen().slice(6)).toEqual(["begin", "end"]);
  stop();
  await ended;
});
