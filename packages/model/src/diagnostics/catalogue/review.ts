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
    about: "A pull request changes or deletes a prompt so that calls that are valid today fail.",
    message: (change) => `valid calls to ${change.name} will fail ${moment(change)}: ${listed(change.problems)}`,
    hint: "change the callers first, or keep today's calls valid",
  } as Finding<Breaking>,
  "review/breaking-move": {
    severity: "warning",
    stage: "plan",
    about: "A pull request moves or deletes an alias so that calls that are valid today fail.",
    message: ({ name, alias, problems }) =>
      `valid calls to ${name}@${alias} will fail after this move: ${listed(problems)}`,
    hint: "change the callers first, or choose another version",
  } as Finding<{ name: string; alias: string; problems: readonly string[] }>,
  "review/breaking-call": {
    severity: "warning",
    stage: "plan",
    about: "Code of the repository loads a prompt or an alias whose change in this pull request breaks calls.",
    message: (change) => `this call to ${change.name} will fail ${moment(change)}: ${listed(change.problems)}`,
    hint: "change this call first",
  } as Finding<Breaking>,
};
