// What `cuecard dev` adds to the pages. Each part starts where its elements are.

import { startLive } from "./live.js";

startLive();
