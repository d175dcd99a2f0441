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
    const isMoving = event.key === "Escape" || event.key === "ArrowDown";
    if (isTypedInto(event.composedPath()[0]) && !(event.target instanceof HTMLInputElement && isMoving)) return;
    if (press(event.key)) event.preventDefault();
  });
}

function isTypedInto(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName);
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
      return pressOwn(key);
  }
}

/** Links and buttons of a page can have a key of their own. Other elements only bring a key into the help. */
function pressOwn(key: string): boolean {
  const element = ownKeys().find((one) => one.matches("a, button") && one.dataset["key"] === key);
  element?.click();
  return element !== undefined;
}

function ownKeys(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-key]")];
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
  const own = ownKeys().map(({ dataset, textContent }) => [dataset["key"] ?? "", textContent ?? ""] as const);
  for (const [key, meaning] of [...HELP, ...own]) {
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
