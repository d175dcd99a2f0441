// The text editor of a file: CodeMirror with the compiler's findings and names.

import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { type Diagnostic, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, dropCursor, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import type { EditFinding, KnownNames, TextChange, TextRange } from "../../../dev/protocol.js";
import { completing } from "./completion.js";
import { editorTheme } from "./editor-theme.js";
import { bodyStart, byProgram, frontMatterHiding, hideFrontMatter } from "./front-matter.js";
import { highlighting, type Language } from "./highlight.js";
import { changesBetween } from "./text-changes.js";

export interface EditorOptions {
  /** The editor is put into its shadow root. */
  readonly host: HTMLElement;
  readonly text: string;
  readonly language: Language;
  /** What the editor is, for people who cannot see it. */
  readonly label: string;
  /** Called when the user has typed. */
  readonly changed: (text: string) => void;
}

export class Editor {
  readonly view: EditorView;
  readonly #merging = new Compartment();
  #names: KnownNames | undefined;

  constructor({ host, text, language, label, changed }: EditorOptions) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const names = language === "schema" ? [] : completing(() => this.#names);
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          basics,
          ...[highlighting(language), names, frontMatterHiding, this.#merging.of([])],
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true", autocapitalize: "sentences" }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) changed(state.doc.toString());
          }),
        ],
      }),
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Changes what differs; the cursor stays. It can be undone, together with other changes of this moment. */
  setText(text: string): void {
    const changes = changesBetween(this.text, text);
    if (changes.length > 0) this.view.dispatch({ changes, annotations: byProgram.of(true) });
  }

  /** The same for a text of others: to undo it brings back exactly what was there before. */
  replaceText(text: string): void {
    const changes = changesBetween(this.text, text);
    const annotations = [byProgram.of(true), isolateHistory.of("full")];
    if (changes.length > 0) this.view.dispatch({ changes, annotations });
  }

  setNames(names: KnownNames): void {
    this.#names = names;
  }

  /** Underlines what is found in this very text. */
  setFindings(findings: readonly EditFinding[]): void {
    const { length } = this.view.state.doc;
    const diagnostics = findings.flatMap((finding) => {
      const { range } = finding;
      return range === undefined || range.to > length ? [] : [this.#diagnostic(finding, range)];
    });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  #diagnostic(finding: EditFinding, { from, to }: TextRange): Diagnostic {
    const { severity, message, fix } = finding;
    const apply = () => this.apply(fix ?? []);
    return {
      ...{ from, to, severity, message },
      renderMessage: () => describe(finding),
      ...(fix === undefined ? {} : { actions: [{ name: "Fix", apply }] }),
    };
  }

  apply(changes: readonly TextChange[]): void {
    this.view.dispatch({ changes: [...changes], annotations: byProgram.of(true), userEvent: "input.fix" });
    this.view.focus();
  }

  hideFrontMatter(isHidden: boolean): void {
    this.view.dispatch({ effects: hideFrontMatter.of(isHidden) });
    const start = isHidden ? bodyStart(this.text) : 0;
    if (this.view.state.selection.main.head < start) this.view.dispatch({ selection: { anchor: start } });
  }

  /** Puts the cursor to a place, and shows it. */
  reveal({ from, to }: TextRange): void {
    const { length } = this.view.state.doc;
    const [anchor, head] = [Math.min(from, length), Math.min(to, length)];
    const effects = EditorView.scrollIntoView(anchor, { y: "center" });
    this.view.dispatch({ selection: { anchor, head }, effects });
    this.view.focus();
  }

  /** The first place of a line, 1-based. */
  offsetOfLine(line: number): number {
    const { doc } = this.view.state;
    return doc.line(Math.min(Math.max(1, line), doc.lines)).from;
  }

  /** Shows beside the text what the file on disk has, with a choice at each difference; `undefined` ends that. */
  async compareWith(original: string | undefined): Promise<void> {
    const { comparison } = await import("./merging.js");
    this.view.dispatch({ effects: this.#merging.reconfigure(original === undefined ? [] : comparison(original)) });
  }

  destroy(): void {
    this.view.destroy();
  }
}

/**
 * Typing over several lines. Left to itself, the browser joins the lines in the page first, with styles in the new elements, which the
 * page's policy blocks with an error on the console.
 */
const typingOverLines = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { doc, selection } = view.state;
    const { from, to } = selection.main;
    if (event.inputType !== "insertText" || event.data === null || event.isComposing) return false;
    if (selection.ranges.length > 1 || doc.lineAt(from).number === doc.lineAt(to).number) return false;
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

const basics: Extension = [
  // Other characters that end lines elsewhere stay as they are.
  EditorState.lineSeparator.of("\n"),
  ...[editorTheme, lineNumbers(), highlightSpecialChars(), history(), drawSelection(), dropCursor()],
  ...[typingOverLines, EditorView.lineWrapping, closeBrackets(), search({ top: true }), highlightSelectionMatches()],
  // Tab is not bound: it leaves the editor, as it leaves every field.
  keymap.of([
    ...[closeBracketsKeymap, defaultKeymap, searchKeymap, historyKeymap, completionKeymap, lintKeymap].flat(),
  ]),
];

function describe({ message, hint }: EditFinding): HTMLElement {
  const element = document.createElement("div");
  for (const [text, name] of [
    [message, ""],
    [hint ?? "", "note"],
  ] as const) {
    if (text === "") continue;
    const paragraph = document.createElement("p");
    paragraph.className = name;
    paragraph.textContent = text;
    element.append(paragraph);
  }
  return element;
}
