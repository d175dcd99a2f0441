// The texts that a new prompt can begin with.

export interface Start {
  readonly key: string;
  readonly title: string;
  readonly explanation: string;
  readonly text: string;
}

export const STARTS: readonly Start[] = [
  {
    key: "chat",
    title: "Instructions and a question",
    explanation: "A system message with your instructions, and a user message with what the caller asks.",
    text: `---
description: What the prompt is for, in a sentence
input:
  schema:
    question: string, what the user asks
examples:
  - name: a question
    input: { question: What did we spend last month? }
---
{{role "system"}}
You are a helpful assistant. Answer in one or two sentences.
{{role "user"}}
{{question}}
`,
  },
  {
    key: "text",
    title: "One text",
    explanation: "A single message, with variables in it.",
    text: `---
description: What the prompt is for, in a sentence
input:
  schema:
    text: string, what to summarize
examples:
  - name: a text
    input: { text: The meeting moved to Monday. }
---
Summarize this text in one sentence: {{text}}
`,
  },
  { key: "empty", title: "Empty", explanation: "You write everything yourself.", text: "" },
];
