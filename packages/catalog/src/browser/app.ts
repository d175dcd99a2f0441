// What scripts add to the pages. Each part starts where its elements are.

import { startCopying } from "./copy.js";
import { startKeys } from "./keys.js";
import { startList } from "./list.js";
import { startPair } from "./pair.js";
import { startThemes } from "./themes.js";

startThemes();
startCopying();
startKeys();
startList();
startPair();
openTarget();
addEventListener("hashchange", openTarget);
if (document.getElementById("playground") !== null)
  import("./playground/playground.js").then(({ startPlayground }) => startPlayground());
if (document.getElementById("compare") !== null) import("./compare.js").then(({ startCompare }) => startCompare());

/** A link can lead into a part that is folded. */
function openTarget(): void {
  const target = document.getElementById(decodeId(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
