// Prompt → its declarations.

import { describe, expect, it } from "vitest";
import { makeSnapshot } from "../../test/make-snapshot.js";
import { compile } from "../compile.js";

function typesOf(text: string, retired: Readonly<Record<string, string>> = {}): string {
  const snapshot = makeSnapshot({
    versions: { "greet@v1": { "greet.md": text } },
    aliases: { greet: { production: { kind: "version", version: 1 } } },
    retired,
  });
  const { files, diagnostics } = compile(snapshot, { versions: "all", working: false });
  return files.get("prompts/greet.d.ts") ?? JSON.stringify(diagnostics);
}

describe("emitPromptTypes", () => {
  it("declares a version's input, what the compiler knows of it, and its references", () => {
    const text =
      "---\nmodel: acme/small\nconfig: { temperature: 0.2 }\ninput: { schema: { name: string, mood?: string } }\n---\nHello {{name}}, {{mood}}!";
    expect(typesOf(text)).toBe(
      `import type { TextPrompt } from "@cuecard/runtime";

/** The input of greet@v1. */
export interface V1Input {
  name: string;
  mood?: string | null | undefined;
}

/** What the compiler knows of greet@v1. */
export interface V1 {
  readonly name: "greet";
  readonly version: 1;
  readonly kind: "text";
  readonly input: V1Input;
  readonly output: never;
  readonly validated: true;
  readonly role: "user";
  readonly system: undefined;
  readonly variable: "name" | "mood";
  readonly section: never;
  readonly media: false;
  readonly model: "acme/small";
  readonly config: { temperature: number };
  readonly tags: Record<never, never>;
  readonly tools: never[];
}

/**
 * **Notes:** Notes of v1
 *
 * \`\`\`text
 * Hello {{name}}, {{mood}}!
 * \`\`\`
 */
declare const $v1: TextPrompt<V1, V1Input>;

/** What each version and alias of greet resolves to. */
export interface Refs {
  v1: V1;
  1: V1;
  latest: V1;
  production: V1;
}

export {
  $v1 as v1,
  $v1 as latest,
  $v1 as production,
};
export type { ChatMessage, ChatPrompt, ContentPart, FormattedChat, HistoryMessage, InputIssue, JsonSchema, TextPrompt, Untrusted, WeightedPrompt } from "@cuecard/runtime";
`,
    );
  });

  it("declares what versions have in common once, and shows the template of those that aliases point at", () => {
    const text = (n: number) =>
      `---\ndescription: Greets\ninput: { schema: { name: string } }\n---\nHello ${n}, {{name}}!`;
    const texts = Object.fromEntries([1, 2, 3].map((n) => [`greet@v${n}`, { "greet.md": text(n) }]));
    const { files } = compile(makeSnapshot({ versions: texts }), { versions: "all", working: false });
    const types = files.get("prompts/greet.d.ts") ?? "";
    expect(types).toContain(`
export type V2Input = V3Input;

export interface V2 extends V3Shared {
  readonly version: 2;
}

/**
 * Greets
 *
 * **Notes:** Notes of v2
 */
declare const $v2: TextPrompt<V2, V2Input>;

/** The input of greet@v3. */
export interface V3Input {
  name: string;
}

/** What versions of greet have in common. */
interface V3Shared {
  readonly name: "greet";
  readonly kind: "text";
  readonly input: V3Input;
`);
    expect(types).toContain(`
/** What the compiler knows of greet@v3. */
export interface V3 extends V3Shared {
  readonly version: 3;
}

/**
 * Greets
 *
 * **Notes:** Notes of v3
 *
 * \`\`\`text
 * Hello 3, {{name}}!
`);
  });

  it("names what a retired version is replaced by", () => {
    const types = typesOf("Hello", { "greet@v1": "use v2" });
    expect(types).toContain("/** @deprecated Retired: use v2 */\n  v1: V1;\n");
    expect(types).toContain('export interface Retirements {\n  v1: "use v2";\n  1: "use v2";\n}\n');
  });
});
