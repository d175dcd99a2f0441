// Keeps the runners of CI services from obeying what a command prints. A runner reads the log of a job for commands, and obeys them even
// if they come from a commit's subject or a file's name.

import type { OutputStream, Terminal } from "./terminal.js";

/**
 * - GitHub Actions: `::command …::` at the beginning of a line, blanks aside, and `##[command …]` anywhere in it
 *   (https://github.com/actions/runner, ActionCommand.cs).
 * - Azure Pipelines: `##vso[…]` and `##[…]`. TeamCity: `##teamcity[…]`.
 * - GitLab: `section_start:` and `section_end:` with a time.
 *
 * One character of each is written as JSON's escape, so that JSON stays the same data.
 */
export function escapeLogCommands(text: string, isLineStart = true): string {
  const escaped = text
    .replace(/#(?=#(?:vso|teamcity)?\[)/g, "\\u0023")
    .replace(/section_(?=(?:start|end):\d)/g, "section\\u005f")
    .replace(/([\r\n][\s\u0085]*):(?=:)/g, "$1\\u003a");
  return isLineStart ? escaped.replace(/^([\s\u0085]*):(?=:)/, "$1\\u003a") : escaped;
}

const RUNNERS = ["GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "TEAMCITY_VERSION"];

/** The same terminal. In a job of a CI service, what is written holds no commands, unless it goes to a file. */
export function withoutLogCommands(terminal: Terminal): Terminal {
  if (!RUNNERS.some((name) => terminal.env[name])) return terminal;
  return Object.create(terminal, {
    stdout: { value: withoutCommands(terminal.stdout) },
    stderr: { value: withoutCommands(terminal.stderr) },
  }) as Terminal;
}

function withoutCommands(stream: OutputStream): OutputStream {
  if (stream.isFile === true) return stream;
  let isLineStart = true;
  let isAltered = false;
  return Object.create(stream, {
    write: {
      value: (text: string) => {
        const escaped = escapeLogCommands(text, isLineStart);
        isAltered ||= escaped !== text;
        if (text !== "") isLineStart = /[\r\n]\s*$/.test(text) || (isLineStart && text.trim() === "");
        stream.write(escaped);
      },
    },
    writeCommands: { value: (text: string) => stream.write(text) },
    isAltered: { get: () => isAltered },
  }) as OutputStream;
}
