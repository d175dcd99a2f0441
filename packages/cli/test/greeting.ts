// What the tests of commands that read the history of prompts share.

import { greetProject, prepared, type TestRepository } from "@cuecard/testing";
import type { CommandResult } from "./run-command.js";

/** The day on which the repositories of tests are made. */
export const today = "2026-01-01";

/** Output without what differs from run to run. */
export function settled({ stdout }: CommandResult): string {
  return stdout
    .replaceAll(today, "<today>")
    .replace(/\b[0-9a-f]{10}\b/g, "<commit>")
    .replace(/sha256-\S+/g, "<digest>");
}

/** `greet` with two versions, three aliases and moves of them; read by one of the git adapters. */
export const greeting: (git: string) => TestRepository = prepared((git) => {
  const repository = greetProject();
  repository.write({ "cuecard.config.json": JSON.stringify({ git }) });
  const move = (aliases: object, message: string) => {
    repository.write({ "aliases.json": `${JSON.stringify({ greet: aliases })}\n` });
    repository.commit(message);
  };
  move({ production: "v2", staging: { v1: 1, v2: 3 } }, "Promote greet\n\nIt is better.");
  move({ production: "v1", staging: { v1: 1, v2: 3 } }, "Roll back");
  return repository;
});
