// What `cuecard dev` adds to the pages. Each part starts where its elements are.

import { startLive } from "./live.js";

startLive();
const edit = document.getElementById("edit");
const trial = document.getElementById("model-trial");
if (trial !== null) import("./run/start-trial.js").then(({ startTrial }) => startTrial(trial));
if (edit !== null) import("./edit/start.js").then(({ startEdit }) => startEdit(edit));
