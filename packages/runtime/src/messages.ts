// Builds a chat prompt's messages. Only the compiled template determines where a message begins, so no value can add a message,
// end it, or change its role. Messages are grouped as in dotprompt (https://google.github.io/dotprompt/reference/template/).

import type { ContentPart, MediaPart } from "./content.js";
import { ownProperty } from "./safe-members.js";
import { asText } from "./template.js";

export type Role = "system" | "user" | "assistant" | "tool";

/** A type and not an interface: LangChain requires a record, which no interface is assignable to. */
export type Message<R extends string = Role> = {
  role: R;
  /** Text, or a list of parts if the message contains media. */
  content: string | ContentPart[];
};

type Values = Readonly<Record<string, unknown>>;

/** An image or another file. Its address is the text of `url`, which is empty for null and undefined. */
export function mediaPart(url: unknown, contentType?: unknown): MediaPart {
  const type = asText(contentType);
  return { type: "media", url: asText(url), ...(type === "" ? {} : { contentType: type }) };
}

/** The options of a call that concern the conversation. */
interface Conversation {
  /** The conversation so far. */
  readonly history?: readonly Message[] | undefined;
  /** The texts of the template's sections, by name. */
  readonly sections?: Values | undefined;
}

/** Inserts copies of the messages of the conversation so far: the caller keeps the originals. */
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

  /** What follows has this role. */
  role(role: Role): void {
    this.#mark();
    this.#endMessage();
    this.#role = role;
  }

  /** The place of the conversation so far. */
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

  /** Adds the indent to each line of the body: a partial that is alone on an indented line. */
  indented(indent: string, body: () => void): void {
    this.#indents.push({ indent, atLineStart: true });
    body();
    this.#indents.pop();
  }

  /** The messages in order. If the template does not place the history, it goes before the last user message. */
  messages(): Message[] {
    this.#endMessage();
    const messages = this.#done;
    if (this.#historyPlaced) return messages;
    return placeHistory(messages, messages.length - (messages.at(-1)?.role === "user" ? 1 : 0), this.#options);
  }

  /** A marker counts as text when lines are indented: its line is not blank. */
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
