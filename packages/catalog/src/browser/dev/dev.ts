// What `cuecard dev` adds to the pages. Each part starts where its elements are.

import { countChanges } from "./changes/count.js";
import { startLive } from "./live.js";

startLive();
const edit = document.getElementById("edit");
const trial = document.getElementById("model-trial");
if (trial !== null) import("./run/start-trial.js").then(({ startTrial }) => startTrial(trial));
const changes = document.getElementById("changes-view");
if (changes === null) void countChanges();
else import("./changes/start.js").then(({ startChanges }) => startChanges(changes));
if (edit !== null) import("./edit/start.js").then(({ startEdit }) => startEdit(edit));
