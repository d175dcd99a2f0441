// The styles that only `cuecard dev` has are loaded with those of the site: a class of both would change pages that have nothing of dev.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const folder = path.join(import.meta.dirname, "../src/browser/dev");

/** The selectors of one class alone: `.note`, not `.note p` or `.callout.bad`. */
function plainClasses(file: string): Set<string> {
  const css = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const selectors = [...css.matchAll(/([^{}]+)\{/g)].flatMap(([, list = ""]) =>
    list.split(",").map((one) => one.trim()),
  );
  return new Set(selectors.filter((selector) => /^\.[\w-]+(?::[\w-]+)?$/.test(selector)));
}

describe.each(readdirSync(folder).filter((file) => file.endsWith(".css")))("%s", (file) => {
  it("styles no class of the site as a whole", () => {
    const own = plainClasses(path.join(folder, file));
    const ofSite = plainClasses(path.join(folder, "../site.css"));
    expect([...own].filter((selector) => ofSite.has(selector))).toEqual([]);
  });
});
