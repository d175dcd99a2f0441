// Runs before the page is drawn: the color scheme that was chosen earlier. Without a choice, the system decides.

try {
  const chosen = localStorage.getItem("cuecard-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset["theme"] = chosen;
} catch {
  // Storage can be switched off.
}
