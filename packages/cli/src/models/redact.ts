// Keeps keys out of everything that leaves this process, whatever a provider answers.

import type { RunEvent } from "@cuecard/project";

/** What replaces a key. */
const MARK = "[key]";

/**
 * Keys as answers can have them: as they are, within JSON, and within an address.
 *
 * @returns The longest first: a key can begin with another one.
 */
export function secretsOf(keys: readonly string[]): readonly string[] {
  const forms = keys.flatMap((key) => [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, MARK), text);
}

/** Removes keys from events, also a key that begins in one part of a text and ends in the next. */
export async function* redactEvents(
  events: AsyncIterable<RunEvent>,
  secrets: readonly string[],
): AsyncGenerator<RunEvent> {
  const redactors = { reasoning: new StreamRedactor(secrets), text: new StreamRedactor(secrets) };
  for await (const event of events) {
    if (event.type === "text" || event.type === "reasoning") {
      const text = redactors[event.type].push(event.text);
      if (text !== "") yield { ...event, text };
      continue;
    }
    if (event.type === "done" || event.type === "error")
      for (const type of ["reasoning", "text"] as const) {
        const text = redactors[type].end();
        if (text !== "") yield { type, text };
      }
    yield redactEvent(event, secrets);
  }
}

/** An event without keys. Its own members stay as they are, even if a key is named like one of them. */
export function redactEvent(event: RunEvent, secrets: readonly string[]): RunEvent {
  const clean = (text: string) => redact(text, secrets);
  switch (event.type) {
    case "text":
    case "reasoning":
      return { ...event, text: clean(event.text) };
    case "warning":
      return { ...event, message: clean(event.message) };
    case "tool-call":
      return { ...event, name: clean(event.name), input: redactJson(event.input, secrets) };
    case "error": {
      const { problem, hint, detail } = event;
      const cleaned = { problem: clean(problem), hint: clean(hint) };
      return { ...event, ...cleaned, ...(detail === undefined ? {} : { detail: clean(detail) }) };
    }
    case "done": {
      const { answer } = event;
      if (answer === undefined) return event;
      if (answer.isValid) return { ...event, answer: { isValid: true, value: redactJson(answer.value, secrets) } };
      return { ...event, answer: { isValid: false, problem: clean(answer.problem) } };
    }
  }
}

/** What a model wrote as JSON, of which everything can have a key. */
function redactJson(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redact(value, secrets);
  if (Array.isArray(value)) return value.map((item) => redactJson(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [redact(name, secrets), redactJson(member, secrets)]);
  return Object.fromEntries(members);
}

/**
 * The same for a text that comes in parts, of which two can have a key together. The end of a part is kept back while it could be the
 * beginning of a key.
 */
export class StreamRedactor {
  readonly #secrets: readonly string[];
  #kept = "";

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  push(text: string): string {
    const clean = redact(this.#kept + text, this.#secrets);
    const kept = Math.max(0, ...this.#secrets.map((secret) => beginningAtEnd(clean, secret)));
    this.#kept = clean.slice(clean.length - kept);
    return clean.slice(0, clean.length - kept);
  }

  /** What is left at the end. */
  end(): string {
    const rest = this.#kept;
    this.#kept = "";
    return rest;
  }
}

/** How long the longest end of the text is that the secret begins with. */
function beginningAtEnd(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > 0; length--)
    if (secret.startsWith(text.slice(text.length - length))) return length;
  return 0;
}
