// Run by this package's build: the compiler's schema of front matter, as the file that editors read.

import { writeFileSync } from "node:fs";
import { frontMatterSchema } from "@cuecard/build";

const file = new URL("../../schemas/front-matter.schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(frontMatterSchema, null, 2)}\n`);
