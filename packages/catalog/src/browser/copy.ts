// Copies texts: the buttons of snippets, and what other parts of a page offer.

import { messageOf } from "./message-of.js";
import { announce } from "./themes.js";

export function startCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = button.closest(".snippet")?.querySelector("code")?.textContent ?? "";
      const isCopied = await navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      );
      button.textContent = isCopied ? "Copied" : "Not allowed";
      announce(isCopied ? "Copied" : "The browser does not allow copying");
      setTimeout(() => {
        button.textContent = "Copy";
      }, 1_500);
    });
  }
}

/**
 * Copies a text, and announces whether that worked.
 *
 * @param make Makes the text; it may throw.
 */
export async function copyText(make: () => string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(make());
    announce(done);
  } catch (error) {
    announce(messageOf(error));
  }
}
