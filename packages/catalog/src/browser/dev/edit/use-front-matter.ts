// Front matter as fields: what the text has, and changes of it, which the server writes into the text.

import type { RefObject } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { FieldChange, Fields, TextAnswer } from "../../../dev/protocol.js";
import { ask } from "../request.js";
import type { Editor } from "./editor.js";
import { addRow, giveExamples, readInputs } from "./form/inputs.js";
import { bodyStart } from "./front-matter.js";
import { mergeTexts } from "./text-changes.js";

export interface FrontMatter {
  readonly fields?: Fields;
  /** The fields cannot be had: there is only the text. */
  readonly isMissing: boolean;
  /** Why the last change was not made. */
  readonly problem?: string;
  change(changes: readonly FieldChange[]): void;
  /** Resolves when no change is under way. */
  settled(): Promise<void>;
}

interface Options {
  readonly editor: RefObject<Editor | null>;
  readonly text: string;
  readonly isWanted: boolean;
}

export function useFrontMatter({ editor, text, isWanted }: Options): FrontMatter {
  const [fields, setFields] = useState<Fields>();
  const [isMissing, setIsMissing] = useState(false);
  const [problem, setProblem] = useState<string>();
  const writer = useMemo(() => new FieldWriter(editor, setProblem), []);
  const head = text.slice(0, bodyStart(text));
  useEffect(() => {
    if (!isWanted) return;
    const superseded = new AbortController();
    ask<Fields>("fields", { text: editor.current?.text ?? text }, superseded.signal).then(setFields, () => {
      if (!superseded.signal.aborted) setIsMissing(true);
    });
    return () => superseded.abort();
  }, [head, isWanted]);
  return {
    isMissing,
    ...(fields === undefined ? {} : { fields }),
    ...(problem === undefined ? {} : { problem }),
    change: (changes) => writer.add(changes),
    settled: () => writer.settled(),
  };
}

/** What makes a name an input, if the inputs can be changed by the form. */
export function declarer({ fields, isMissing, change }: FrontMatter): ((name: string) => void) | undefined {
  const field = fields?.fields.find(({ key }) => key === "input");
  if (isMissing || fields?.problem !== undefined || field === undefined || field.textOnly !== undefined)
    return undefined;
  const inputs = readInputs(field.value);
  if (inputs.style === "text") return undefined;
  const examples = fields?.fields.find(({ key }) => key === "examples")?.value;
  return (name) => change([...addRow(inputs, { name, type: "string" }), ...giveExamples(examples, name)]);
}

/** One request at a time; what is typed until it is answered goes into the next one. */
class FieldWriter {
  readonly #editor: RefObject<Editor | null>;
  readonly #report: (problem: string | undefined) => void;
  #waiting: FieldChange[] = [];
  #running: Promise<void> | undefined;

  constructor(editor: RefObject<Editor | null>, report: (problem: string | undefined) => void) {
    this.#editor = editor;
    this.#report = report;
  }

  add(changes: readonly FieldChange[]): void {
    for (const change of changes) {
      const last = this.#waiting.at(-1);
      // Only the last value of a field that is typed into is written.
      if (last !== undefined && "value" in last && "value" in change && samePath(last, change)) this.#waiting.pop();
      this.#waiting.push(change);
    }
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const changes = this.#waiting;
      this.#waiting = [];
      const editor = this.#editor.current;
      if (editor === null) return;
      const sent = editor.text;
      try {
        const { text } = await ask<TextAnswer>("set", { text: sent, changes });
        // What was typed into the template since stays.
        editor.setText(mergeTexts(sent, editor.text, text));
        this.#report(undefined);
      } catch (error) {
        this.#report(error instanceof Error ? error.message : String(error));
      }
    }
  }
}

function samePath(a: FieldChange, b: FieldChange): boolean {
  return JSON.stringify(a.path) === JSON.stringify(b.path);
}
