// The buttons that copy a snippet.

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
