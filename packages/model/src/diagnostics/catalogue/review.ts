// Findings of `cuecard review`: what a change means for callers, at the places where reviewers look.

import type { Finding } from "./finding.js";

interface Breaking {
  name: string;
  /** With their targets; empty if the change needs no alias to move. */
  aliases: readonly string[];
  problems: readonly string[];
}

const listed = (problems: readonly string[]) => problems.join("; ");

const moment = ({ aliases }: Breaking) => {
  if (aliases.length === 0) return "after this change";
  return `once ${aliases.join(", ")} ${aliases.length === 1 ? "gets" : "get"} this change`;
};

export const review = {
  "review/breaking-prompt": {
    severity: "warning",
    stage: "plan",
    about: "A pull request changes or deletes a prompt, and calls that are right today would fail.",
    message: (change) =>
      `calls of ${change.name} that are right today fail ${moment(change)}: ${listed(change.problems)}`,
    hint: "change the callers first, or change the prompt so that today's calls stay right",
  } as Finding<Breaking>,
  "review/breaking-move": {
    severity: "warning",
    stage: "plan",
    about: "A pull request moves or deletes an alias, and calls that are right today would fail.",
    message: ({ name, alias, problems }) =>
      `calls of ${name}@${alias} that are right today fail with this move: ${listed(problems)}`,
    hint: "change the callers first, or choose another version",
  } as Finding<{ name: string; alias: string; problems: readonly string[] }>,
  "review/breaking-call": {
    severity: "warning",
    stage: "plan",
    about: "Code of the repository loads a prompt or an alias whose change in this pull request breaks calls.",
    message: (change) => `this call of ${change.name} fails ${moment(change)}: ${listed(change.problems)}`,
    hint: "change this call first",
  } as Finding<Breaking>,
};
