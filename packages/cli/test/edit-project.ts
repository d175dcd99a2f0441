// A project that is edited in `cuecard dev`.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createRepository, type TestRepository } from "@cuecard/testing";
import { expect, onTestFinished } from "vitest";
import { type Dev, startDev } from "./start-dev.js";

export const GREET = `---
description: Greets # a comment
input:
  schema:
    name: string
examples:
  - name: Ada
    input: { name: Ada }
---
Hello {{name}}!
`;

/** A project with a released prompt, a partial, and a schema in a file. */
export function editProject(): TestRepository {
  const repository = createRepository();
  repository.write({
    "prompts/_rules.md": "Be brief, {{name}}.",
    "prompts/ask.md": "{{> rules}} Answer {{question}}.",
    "prompts/README.md": "Not a prompt.",
    "prompts/schemas/Person.yaml": "type: object\nproperties: { name: { type: string } }\n",
    "notes.md": "Not a prompt.",
  });
  repository.release("greet", 1, GREET);
  repository.write("aliases.json", '{"greet": {"production": "v1"}}');
  return repository;
}

export interface Edited {
  readonly repository: TestRepository;
  readonly dev: Dev;
  /** The answer to a request that must be fulfilled. */
  answer<T>(name: string, body: object): Promise<T>;
  /** The reason why a request is refused. */
  refusal(name: string, body: object): Promise<string>;
}

/** Serves a project until the test ends, and asks as its page does. */
export async function edit(repository = editProject()): Promise<Edited> {
  const dev = await startDev(repository);
  onTestFinished(async () => void (await dev.stop()));
  return {
    repository,
    dev,
    async answer<T>(name: string, body: object) {
      const { status, json } = await dev.ask(name, body);
      expect({ name, status, json }).toMatchObject({ status: 200 });
      return json as T;
    },
    async refusal(name, body) {
      const { status, json } = await dev.ask(name, body);
      expect({ name, status, json }).toMatchObject({ status: 422 });
      return (json as { readonly error: string }).error;
    },
  };
}

export const read = ({ dir }: TestRepository, file: string) => readFileSync(path.join(dir, file), "utf8");
