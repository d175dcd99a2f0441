// Prints a prompt that a program describes as data to the text of its file: the inverse of parsing.

import { printYaml } from "../text/print-yaml.js";
import { type DraftMessage, printMessages } from "./print-messages.js";

/** A prompt as data. A member that is left out is not written to the front matter. */
export interface PromptDraft {
  /** The template of a text prompt, or one with role markers of its own. */
  readonly template?: string | undefined;
  /** The messages of a chat prompt, in order; their contents are templates. */
  readonly messages?: readonly DraftMessage[] | undefined;
  readonly description?: string | undefined;
  readonly model?: string | undefined;
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  /** Picoschema or JSON Schema. */
  readonly inputSchema?: unknown;
  /** Values for variables that callers leave out. */
  readonly defaults?: Readonly<Record<string, unknown>> | undefined;
  /** Picoschema or JSON Schema. */
  readonly outputSchema?: unknown;
  readonly outputFormat?: string | undefined;
  readonly tools?: readonly unknown[] | undefined;
  readonly tags?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly examples?:
    | readonly {
        readonly name: string;
        readonly input?: Readonly<Record<string, unknown>>;
        /** The answer that you want, as data for evaluations. */
        readonly expected?: unknown;
        /** What `cuecard test` expects of the rendered text. */
        readonly expect?: Readonly<Record<string, unknown>>;
      }[]
    | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly renamedFrom?: string | readonly string[] | undefined;
}

/**
 * The text of a prompt's file. Parsing it gives the draft again: its template or messages, and each fact. As in every
 * file, blanks around the whole body are kept only without front matter.
 *
 * @param draft Data that JSON can hold.
 */
export function printPrompt(draft: PromptDraft): string {
  const body = (draft.messages === undefined ? (draft.template ?? "") : printMessages(draft.messages)).replaceAll(
    "\r\n",
    "\n",
  );
  const facts = frontMatterOf(draft);
  if (Object.keys(facts).length > 0) return `---\n${printYaml(facts)}---\n${body.trim()}\n`;
  // Text that begins like front matter needs real front matter before it to be read as the body.
  return body.startsWith("---") || body.startsWith("\uFEFF") ? `---\n---\n${body.trim()}\n` : body;
}

function frontMatterOf(draft: PromptDraft): Readonly<Record<string, unknown>> {
  const { description, model, config, tools, tags, examples, metadata, renamedFrom } = draft;
  const input = present({ schema: draft.inputSchema, default: draft.defaults });
  const output = present({ format: draft.outputFormat, schema: draft.outputSchema });
  return present({
    description,
    model,
    config,
    input: isEmpty(input) ? undefined : input,
    output: isEmpty(output) ? undefined : output,
    tools,
    tags,
    examples,
    renamed_from: renamedFrom,
    metadata,
  });
}

function present(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0;
}
