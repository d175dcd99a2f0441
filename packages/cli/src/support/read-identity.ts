// `--identity "Name <mail@example.com>"`

import { UsageError } from "@cuecard/model";
import type { Person } from "@cuecard/registry";

export async function readIdentity(written: string | undefined): Promise<Person | undefined> {
  if (written === undefined) return undefined;
  const { parsePerson } = await import("@cuecard/registry");
  const person = parsePerson(written);
  if (person === undefined)
    throw new UsageError(`--identity "${written}" is not valid; write "Name <mail@example.com>"`);
  return person;
}
