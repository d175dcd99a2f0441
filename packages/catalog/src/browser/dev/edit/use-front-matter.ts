// Front matter as fields: what the text has, and changes of it, which the server writes into the text.

import type { RefObject } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { FieldChange, Fields, TextAnswer } from "../../../dev/protocol.js";
import { messageOf } from "../../message-of.js";
import { ask } from "../request.js";
import type { Editor } from "./editor.js";
import { addRow, giveExamples, readInputs } from "./form/inputs.js";
import { bodyStart } from "./front-matter.js";
import { mergeTexts } from "./text-changes.js";

export interface FrontMatter {
  readonly fields?: Fields;
  /** The fields could not be loaded: only the text can be edited. */
  readonly isMissing: boolean;
  /** Why the last change was not made. */
  readonly problem?: string;
  readonly change: ChangeFields;
  /** Resolves when no change is under way. */
  settled(): Promise<void>;
}

/**
 * Changes the front matter. What a change means is worked out when it is its turn, from the fields as they are then: a key can have been
 * renamed since the user saw it.
 *
 * @param what Which part it changes. Of several changes of the same part that wait, only the last one is made.
 */
export type ChangeFields = (what: string, changes: (fields: CurrentFields) => readonly FieldChange[]) => void;

/** The values as they are when a change is made, by their keys. */
export type CurrentFields = Readonly<Record<string, unknown>>;

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
    change: (what, changes) => writer.add({ what, changes }),
    settled: () => writer.settled(),
  };
}

/** What makes a name an input, if the inputs can be changed by the form. */
export function declarer({ fields, isMissing, change }: FrontMatter): ((name: string) => void) | undefined {
  const field = fields?.fields.find(({ key }) => key === "input");
  if (isMissing || fields?.problem !== undefined || field === undefined || field.textOnly !== undefined)
    return undefined;
  if (readInputs(field.value).style === "text") return undefined;
  return (name) =>
    change(`declare ${name}`, ({ input, examples }) => [
      ...addRow(readInputs(input), { name, type: "string" }),
      ...giveExamples(examples, name),
    ]);
}

interface Waiting {
  readonly what: string;
  readonly changes: (fields: CurrentFields) => readonly FieldChange[];
}

/** One change at a time; the others wait for their turn. */
class FieldWriter {
  readonly #editor: RefObject<Editor | null>;
  readonly #report: (problem: string | undefined) => void;
  readonly #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(editor: RefObject<Editor | null>, report: (problem: string | undefined) => void) {
    this.#editor = editor;
    this.#report = report;
  }

  add(change: Waiting): void {
    if (this.#waiting.at(-1)?.what === change.what) this.#waiting.pop();
    this.#waiting.push(change);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      try {
        await this.#make(next);
        this.#report(undefined);
      } catch (error) {
        this.#report(messageOf(error));
      }
    }
  }

  async #make({ changes }: Waiting): Promise<void> {
    const editor = this.#editor.current;
    if (editor === null) return;
    const sent = editor.text;
    const { fields } = await ask<Fields>("fields", { text: sent });
    const wanted = changes(Object.fromEntries(fields.map(({ key, value }) => [key, value])));
    if (wanted.length === 0) return;
    const { text } = await ask<TextAnswer>("set", { text: sent, changes: wanted });
    // What was typed into the template since stays.
    editor.setText(mergeTexts(sent, editor.text, text));
  }
}
