// Keys: / to search, j and k (or arrows) through the list, ? for help.

const HELP = [
  ["/", "Search"],
  ["j, ↓", "Next prompt"],
  ["k, ↑", "Previous prompt"],
  ["Enter", "Open the prompt"],
  ["Esc", "Clear the search, or close this"],
  ["g", "Go to the list"],
  ["e", "Go to the environments"],
  ["?", "This help"],
] as const;

export function startKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (isTyping && event.key !== "Escape" && event.key !== "ArrowDown") return;
    if (press(event.key)) event.preventDefault();
  });
}

/** @returns Whether the key did something. */
function press(key: string): boolean {
  switch (key) {
    case "/":
      return focusSearch();
    case "j":
    case "ArrowDown":
      return step(1);
    case "k":
    case "ArrowUp":
      return step(-1);
    case "g":
      return open("index.html");
    case "e":
      return open("environments.html");
    case "?":
      return showHelp();
    default:
      return false;
  }
}

function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>("input[type=search]");
  if (search === null) return open("index.html");
  search.focus();
  search.select();
  return true;
}

/** Moves through the links of the rows that are shown. */
function step(by: number): boolean {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("table.list tbody tr:not([hidden]) a.name")];
  if (links.length === 0) return false;
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  return true;
}

function open(page: string): boolean {
  location.href = `${document.body.dataset["root"] ?? ""}${page}`;
  return true;
}

function showHelp(): boolean {
  const known = document.querySelector<HTMLDialogElement>("dialog.keys");
  const dialog = known ?? makeHelp();
  if (!dialog.open) dialog.showModal();
  return true;
}

function makeHelp(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-label", "Keys");
  const list = document.createElement("dl");
  for (const [key, meaning] of HELP) {
    const [term, description] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = key;
    description.textContent = meaning;
    list.append(term, description);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(list, close);
  document.body.append(dialog);
  return dialog;
}
