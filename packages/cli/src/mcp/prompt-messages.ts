// A rendered prompt as the protocol's messages: https://modelcontextprotocol.io/specification/2026-07-28/server/prompts

import type { RenderedMessage } from "@cuecard/project";
import type { ContentBlock, PromptMessage } from "@modelcontextprotocol/server";

type Part = Exclude<RenderedMessage["content"], string>[number];

/** The key under which a content says which role its message has in the prompt, if the protocol lacks that role. */
const ROLE_KEY = "cuecard/role";

/**
 * The protocol has only messages of the user and the assistant, and one content a message. So messages of other roles become the user's,
 * in their place and marked with their role, and a message with media becomes one for each part.
 */
export function toPromptMessages(messages: readonly RenderedMessage[]): PromptMessage[] {
  return messages.flatMap(({ role, content }): PromptMessage[] => {
    const parts: readonly Part[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
    const mark = role === "user" || role === "assistant" ? {} : { _meta: { [ROLE_KEY]: role } };
    return parts.map((part) => ({
      role: role === "assistant" ? role : "user",
      content: { ...toContent(part), ...mark },
    }));
  });
}

/** Images and audio that are `data:` URLs are passed as such, other files as embedded resources, and addresses as links. */
function toContent(part: Part): ContentBlock {
  if (part.type === "text") return { type: "text", text: part.text };
  const { url, contentType } = part;
  const file = readDataUrl(url);
  if (file === undefined) {
    const name =
      url
        .split(/[?#]/, 1)[0]
        ?.split("/")
        .findLast((step) => step !== "") ?? "media";
    return { type: "resource_link", uri: url, name, ...(contentType === undefined ? {} : { mimeType: contentType }) };
  }
  const { data, mimeType = "application/octet-stream" } = { ...file, ...(contentType && { mimeType: contentType }) };
  if (mimeType.startsWith("image/")) return { type: "image", data, mimeType };
  if (mimeType.startsWith("audio/")) return { type: "audio", data, mimeType };
  return { type: "resource", resource: { uri: `data:${mimeType}`, mimeType, blob: data } };
}

interface DataUrl {
  /** Base64. */
  readonly data: string;
  readonly mimeType?: string;
}

/** @returns `undefined` for another address, and for a `data:` URL that is not valid. */
function readDataUrl(url: string): DataUrl | undefined {
  const [, mimeType = "", base64, text = ""] = /^data:([^;,]*)(?:;(?!base64,)[^;,]*)*(;base64)?,(.*)$/s.exec(url) ?? [];
  if (!url.startsWith("data:") || !url.includes(",")) return undefined;
  const type = mimeType === "" ? {} : { mimeType };
  if (base64 !== undefined) return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? { data: text, ...type } : undefined;
  try {
    return { data: Buffer.from(decodeURIComponent(text)).toString("base64"), ...type };
  } catch {
    return undefined;
  }
}
