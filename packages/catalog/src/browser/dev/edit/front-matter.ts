// Hides the front matter in the editor while it is shown as a form, and keeps it from being typed into.

import { Annotation, EditorState, type Extension, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** As the compiler splits it: the first line that begins with `---` closes it. */
const FRONT_MATTER = /^---[ \t]*\n(?:(?!---).*\n)*---[ \t]*(?:\n|$)/;

/** Where the text behind the front matter begins; 0 without front matter. */
export function bodyStart(text: string): number {
  return FRONT_MATTER.exec(text)?.[0].length ?? 0;
}

/** Marks changes that are made by the form, the server or a fix, which may change front matter that is hidden. */
export const byProgram = Annotation.define<true>();

export const hideFrontMatter = StateEffect.define<boolean>();

interface Hidden {
  readonly isWanted: boolean;
  /** Where what is shown begins. */
  readonly start: number;
  readonly marks: DecorationSet;
}

const hidden = StateField.define<Hidden>({
  create: () => ({ isWanted: false, start: 0, marks: Decoration.none }),
  update(value, transaction) {
    const effect = transaction.effects.find((one) => one.is(hideFrontMatter));
    if (effect === undefined && !transaction.docChanged) return value;
    return hide(transaction.newDoc, effect === undefined ? value.isWanted : (effect.value as boolean));
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ marks }) => marks),
    EditorView.atomicRanges.of((view) => view.state.field(field).marks),
  ],
});

function hide(doc: Text, isWanted: boolean): Hidden {
  const start = isWanted ? bodyStart(doc.toString()) : 0;
  if (start === 0) return { isWanted, start, marks: Decoration.none };
  // A file that ends with its front matter has no line behind it.
  const end = doc.sliceString(start - 1, start) === "\n" ? start - 1 : start;
  return { isWanted, start, marks: Decoration.set(Decoration.replace({ block: true }).range(0, end)) };
}

const protect = EditorState.changeFilter.of((transaction) => {
  const { start } = transaction.startState.field(hidden);
  return start === 0 || transaction.annotation(byProgram) === true ? true : [0, start];
});

/** The cursor stays where text is shown. */
const keepCursor = EditorState.transactionFilter.of((transaction) => {
  const { start } = transaction.startState.field(hidden);
  const { selection } = transaction;
  if (start === 0 || selection === undefined || transaction.docChanged) return transaction;
  const { anchor, head } = selection.main;
  if (anchor >= start && head >= start) return transaction;
  return [transaction, { selection: { anchor: Math.max(anchor, start), head: Math.max(head, start) } }];
});

export const frontMatterHiding: Extension = [hidden, protect, keepCursor];
