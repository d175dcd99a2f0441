// Builds a chat prompt's messages. Where a message begins is said by the compiled template alone, so that no value can add,
// end or re-label one. Grouping as dotprompt has it (https://google.github.io/dotprompt/reference/template/).

import type { ContentPart, MediaPart } from "./content.js";
import { ownProperty } from "./safe-members.js";
import { asText } from "./template.js";

export type Role = "system" | "user" | "assistant" | "tool";

/** A type and not an interface: LangChain's messages are records, and an interface is none. */
export type Message<R extends string = Role> = {
  role: R;
  /** A text; parts, in a message that holds media. */
  content: string | ContentPart[];
};

type Values = Readonly<Record<string, unknown>>;

/** An image, say: a value that is no text is an empty address. */
export function mediaPart(url: unknown, contentType?: unknown): MediaPart {
  const type = asText(contentType);
  return { type: "media", url: asText(url), ...(type === "" ? {} : { contentType: type }) };
}

/** What a call's options say of the conversation. */
interface Conversation {
  /** The conversation so far. */
  readonly history?: readonly Message[] | undefined;
  /** The texts of the template's sections, by name. */
  readonly sections?: Values | undefined;
}

/** Puts the conversation so far among messages, as copies: its own stay the caller's. */
export function placeHistory<M extends Message>(messages: M[], at: number, options: Conversation | undefined): M[] {
  const history = ownProperty(options, "history") as readonly Message[] | undefined;
  if (history) messages.splice(at, 0, ...history.map((message) => ({ ...(message as M) })));
  return messages;
}

export class MessageBuilder {
  readonly #options: Conversation | undefined;
  readonly #done: Message[] = [];
  #role: Role = "user";
  /** The message's parts before the last marker in it. */
  #parts: ContentPart[] = [];
  /** Text since the last marker; blank text between two markers is dropped. */
  #piece = "";
  /** Whether the template put something here: text that is not blank, or a value, even an empty one. */
  #pieceHasContent = false;
  #hasContent = false;
  #historyPlaced = false;
  /** The indented partials that text is in, outermost first. */
  readonly #indents: { readonly indent: string; atLineStart: boolean }[] = [];

  constructor(options?: Conversation) {
    this.#options = options;
  }

  /** Text that makes its message exist. */
  text(value: string): void {
    this.space(value);
    this.#pieceHasContent = true;
  }

  /** Blank text of the template, between other things. */
  space(value: string): void {
    this.#piece += this.#indents.length === 0 ? value : this.#indented(value);
  }

  /** What follows is said by `role`. */
  role(role: Role): void {
    this.#mark();
    this.#endMessage();
    this.#role = role;
  }

  /** The conversation so far comes here. */
  history(): void {
    this.#mark();
    this.#endMessage();
    placeHistory(this.#done, this.#done.length, this.#options);
    this.#historyPlaced = true;
    this.#role = "assistant";
  }

  /** Media of the message. */
  part(media: MediaPart): void {
    this.#mark();
    this.#endPiece();
    this.#parts.push(media);
    this.#hasContent = true;
  }

  /** A place that the caller fills with text, or leaves empty. */
  section(name: string): void {
    this.#mark();
    this.#endPiece();
    this.text(asText(ownProperty(ownProperty(this.#options, "sections"), name)));
    this.#endPiece();
  }

  /** The body's lines each get the indent: a partial that stands alone on an indented line. */
  indented(indent: string, body: () => void): void {
    this.#indents.push({ indent, atLineStart: true });
    body();
    this.#indents.pop();
  }

  /** The messages in order. A history that the template places nowhere goes before the last user message. */
  messages(): Message[] {
    this.#endMessage();
    const messages = this.#done;
    if (this.#historyPlaced) return messages;
    return placeHistory(messages, messages.length - (messages.at(-1)?.role === "user" ? 1 : 0), this.#options);
  }

  /** To indentation, a marker is text like any other: it stands on a line. */
  #mark(): void {
    for (const level of this.#indents) {
      if (level.atLineStart) this.#piece += level.indent;
      level.atLineStart = false;
    }
  }

  #endPiece(): void {
    if (this.#pieceHasContent) {
      const last = this.#parts.at(-1);
      if (last?.type === "text") last.text += this.#piece;
      else this.#parts.push({ type: "text", text: this.#piece });
      this.#hasContent = true;
    }
    this.#piece = "";
    this.#pieceHasContent = false;
  }

  #endMessage(): void {
    this.#endPiece();
    const parts = this.#parts;
    if (!this.#hasContent) return;
    const [first] = parts;
    this.#done.push({ role: this.#role, content: parts.length === 1 && first?.type === "text" ? first.text : parts });
    this.#parts = [];
    this.#hasContent = false;
  }

  /** Text from inside the innermost partial, as each partial around it indents it in turn. */
  #indented(value: string): string {
    return this.#indents.reduceRight((text, level) => {
      if (text === "") return text;
      const lines = text.split("\n");
      const startsLine = level.atLineStart;
      level.atLineStart = text.endsWith("\n");
      return lines
        .map((line, index) => {
          const isOpenEnd = index === lines.length - 1 && line === "";
          return (index > 0 || startsLine) && !isOpenEnd ? level.indent + line : line;
        })
        .join("\n");
    }, value);
  }
}
