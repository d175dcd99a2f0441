// Completes dist/cjs, the form of the package for `require`: compilers read the declarations there as those of CommonJS modules.

import { copyFileSync, readdirSync, writeFileSync } from "node:fs";

const dist = new URL("../dist/", import.meta.url);
for (const file of readdirSync(dist))
  if (file.endsWith(".d.ts")) copyFileSync(new URL(file, dist), new URL(`cjs/${file}`, dist));
writeFileSync(new URL("cjs/package.json", dist), '{ "type": "commonjs" }\n');
