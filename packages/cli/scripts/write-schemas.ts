// Run by this package's build: the compiler's schema of front matter, as the file that editors read.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { frontMatterSchema } from "@cuecard/build";

const file = new URL("../schemas/front-matter.schema.json", import.meta.url);
const text = `${JSON.stringify(frontMatterSchema, null, 2)}\n`;
if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
