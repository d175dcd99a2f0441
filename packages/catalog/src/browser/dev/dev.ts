// What `cuecard dev` adds to the pages. Each part starts where its elements are.

import { startLive } from "./live.js";

startLive();
const edit = document.getElementById("edit");
if (edit !== null) import("./edit/start.js").then(({ startEdit }) => startEdit(edit));
