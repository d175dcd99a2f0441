// Builds a chat prompt's messages. Where a message begins is said by the compiled template alone, so that no value can add,
// end or re-label one. Grouping as dotprompt has it (https://google.github.io/dotprompt/reference/template/).

export type Role = "system" | "user" | "assistant" | "tool";

/** A type and not an interface: LangChain's messages are records, and an interface is none. */
export type Message<R extends string = Role> = {
  role: R;
  content: string;
};

interface Draft {
  role: Role;
  content: string;
  /** Whether the template put something here: text that is not blank, or a value, even an empty one. */
  hasContent: boolean;
}

export class MessageBuilder {
  readonly #history: readonly Message[];
  readonly #done: Message[] = [];
  #current: Draft = { role: "user", content: "", hasContent: false };
  /** Text since the last marker; blank text between two markers is dropped. */
  #piece = "";
  #pieceHasContent = false;
  #historyPlaced = false;
  #indent = "";

  constructor(history: readonly Message[] = []) {
    this.#history = history;
  }

  /** Text that makes its message exist. */
  text(value: string): void {
    this.#piece += this.#indent === "" ? value : this.#indented(value);
    this.#pieceHasContent = true;
  }

  /** Blank text of the template, between other things. */
  space(value: string): void {
    this.#piece += this.#indent === "" ? value : this.#indented(value);
  }

  /** What follows is said by `role`. */
  role(role: Role): void {
    this.#endPiece();
    if (this.#current.hasContent) this.#next(role);
    else this.#current = { ...this.#current, role };
  }

  /** The conversation so far comes here. */
  history(): void {
    this.#endPiece();
    this.#endMessage();
    this.#done.push(...this.#history.map((message) => ({ ...message })));
    this.#historyPlaced = true;
    this.#current = { role: "assistant", content: "", hasContent: false };
  }

  /** The body's lines each get the indent: a partial that stands alone on an indented line. */
  indented(indent: string, body: () => void): void {
    const outer = this.#indent;
    this.#indent = outer + indent;
    body();
    this.#indent = outer;
  }

  /** The messages in order. A history that the template places nowhere goes before the last user message. */
  messages(): Message[] {
    this.#endPiece();
    this.#endMessage();
    const messages = this.#done;
    if (this.#historyPlaced || this.#history.length === 0) return messages;
    const history = this.#history.map((message) => ({ ...message }));
    const at = messages.at(-1)?.role === "user" ? messages.length - 1 : messages.length;
    return [...messages.slice(0, at), ...history, ...messages.slice(at)];
  }

  #endPiece(): void {
    if (this.#pieceHasContent) {
      this.#current.content += this.#piece;
      this.#current.hasContent = true;
    }
    this.#piece = "";
    this.#pieceHasContent = false;
  }

  #endMessage(): void {
    const { role, content, hasContent } = this.#current;
    if (hasContent) this.#done.push({ role, content });
  }

  #next(role: Role): void {
    this.#endMessage();
    this.#current = { role, content: "", hasContent: false };
  }

  #indented(value: string): string {
    const atLineStart = this.#piece === "" || this.#piece.endsWith("\n");
    const lines = value.split("\n");
    return lines
      .map((line, index) => {
        const startsLine = index > 0 || atLineStart;
        const isOpenEnd = index === lines.length - 1 && line === "";
        return startsLine && !isOpenEnd ? this.#indent + line : line;
      })
      .join("\n");
  }
}
