// Builds a chat prompt's messages. Only the compiled template determines where a message begins, so no value can add a message,
// end it, or change its role. Messages are grouped as in dotprompt (https://google.github.io/dotprompt/reference/template/).

import type { ContentPart, MediaPart } from "./content.js";
import { ownProperty } from "./safe-members.js";
import { asText } from "./template.js";
import { trimEnd, trimStart } from "./trim-edges.js";

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

/** The messages, with copies of those of the conversation so far: the caller keeps the originals. */
export function placeHistory<M extends Message>(messages: M[], at: number, options: Conversation | undefined): M[] {
  const history = ownProperty(options, "history") as readonly M[] | undefined;
  return history
    ? [...messages.slice(0, at), ...history.map((message) => ({ ...message })), ...messages.slice(at)]
    : messages;
}

export class MessageBuilder {
  readonly #options: Conversation | undefined;
  readonly #trims: boolean;
  #done: Message[] = [];
  #role: Role = "user";
  /** The message's parts before the last marker in it. */
  #parts: ContentPart[] = [];
  /** Text since the last marker; blank text between two markers is dropped. */
  #piece = "";
  /** Whether the template put something here: text that is not blank, or a value, even an empty one. */
  #pieceHasContent = false;
  #hasContent = false;
  #historyPlaced = false;
  /** Whether text of the template is no longer at the message's beginning. */
  #hasBegun = false;
  /** The length of the piece up to its last value, which is never trimmed. */
  #kept = 0;
  /** The template's text at the end of the last part. */
  #tail = "";
  /** The indented partials that text is in, outermost first. */
  readonly #indents: { readonly indent: string; atLineStart: boolean }[] = [];

  /** @param trims Whether the template's line ends at the edges of messages are removed. Values are never trimmed. */
  constructor(options?: Conversation, trims = false) {
    this.#options = options;
    this.#trims = trims;
  }

  /** The text of a value, which makes its message exist even if it is empty. */
  value(value: string): void {
    this.#begin();
    this.text(value);
    this.#kept = this.#piece.length;
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
    this.#done = placeHistory(this.#done, this.#done.length, this.#options);
    this.#historyPlaced = true;
    this.#role = "assistant";
  }

  /** Media of the message. */
  part(media: MediaPart): void {
    this.#mark();
    this.#endPiece();
    this.#parts.push(media);
    this.#hasContent = true;
    this.#hasBegun = true;
    this.#tail = "";
  }

  /** A place that the caller fills with text, or leaves empty. */
  section(name: string): void {
    this.#mark();
    this.#endPiece();
    this.value(asText(ownProperty(ownProperty(this.#options, "sections"), name)));
    this.#endPiece();
  }

  /** Adds the indent to each line of the body: a partial that is alone on an indented line. */
  indented(indent: string, body: () => void): void {
    this.#indents.push({ indent, atLineStart: true });
    body();
    this.#indents.pop();
  }

  /** The messages in order. If the template does not place the history, it goes before the last user message, or last if there is none. */
  messages(): Message[] {
    this.#endMessage();
    const messages = this.#done;
    if (this.#historyPlaced) return messages;
    const lastUser = messages.map(({ role }) => role).lastIndexOf("user");
    return placeHistory(messages, lastUser === -1 ? messages.length : lastUser, this.#options);
  }

  /** A marker counts as text when lines are indented: its line is not blank. */
  #mark(): void {
    for (const level of this.#indents) {
      if (level.atLineStart) this.#piece += level.indent;
      level.atLineStart = false;
    }
  }

  #begin(): void {
    if (this.#trims && !this.#hasBegun) this.#piece = trimStart(this.#piece);
    this.#hasBegun = true;
  }

  #endPiece(): void {
    if (this.#pieceHasContent) {
      this.#begin();
      this.#tail = this.#piece.slice(this.#kept);
      const last = this.#parts.at(-1);
      if (last?.type === "text") last.text += this.#piece;
      else this.#parts.push({ type: "text", text: this.#piece });
      this.#hasContent = true;
    }
    this.#piece = "";
    this.#pieceHasContent = false;
    this.#kept = 0;
  }

  #endMessage(): void {
    this.#endPiece();
    const parts = this.#parts;
    if (!this.#hasContent) return;
    const [first] = parts;
    const last = parts.at(-1);
    if (this.#trims && last?.type === "text")
      last.text = last.text.slice(0, last.text.length - this.#tail.length) + trimEnd(this.#tail);
    this.#done.push({ role: this.#role, content: parts.length === 1 && first?.type === "text" ? first.text : parts });
    this.#parts = [];
    this.#hasContent = false;
    this.#hasBegun = false;
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
