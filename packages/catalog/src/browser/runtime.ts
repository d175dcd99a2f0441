// What the code of versions imports in the browser.

export * from "@cuecard/runtime";
