import { createHash } from "node:crypto";
import { trimMessages } from "@cuecard/model";
import { expect, it } from "vitest";
import { contentOfDigest, digestOf } from "./digest.js";

const file = (path: string, text: string) => ({ path, text });

it("is the documented encoding, so that others can compute it", () => {
  const content = { prompt: file("prompts/b.md", "é\n"), partials: [file("prompts/_a.md", "x")] };
  const encoded = "cuecard content 1\n_a.md\x001\x00xb.md\x003\x00é\n";
  const expected = createHash("sha256").update(encoded, "utf8").digest("base64");
  expect(digestOf(content, "prompts")).toBe(`sha256-${expected}`);
});

it("covers the setting that trims messages, where there are messages", () => {
  const content = (text: string) => ({ prompt: file("p/a.md", text), partials: [] });
  for (const text of ['{{role "user"}}', "{{~ history ~}}", "{{media url=x}}"]) {
    const trimmed = trimMessages(content(text));
    expect(digestOf(trimmed, "p")).not.toBe(digestOf(content(text), "p"));
    expect(contentOfDigest(content(text), digestOf(trimmed, "p"), "p")).toEqual(trimmed);
    expect(contentOfDigest(trimmed, digestOf(content(text), "p"), "p")).toEqual(content(text));
    expect(contentOfDigest(trimmed, "sha256-", "p")).toBe(undefined);
  }
  for (const text of ["You are a {{role}}.", "{{history.length}}", "{{#media}}{{/media}}"])
    expect(digestOf(trimMessages(content(text)), "p")).toBe(digestOf(content(text), "p"));
});

it("does not depend on the name of the prompts folder", () => {
  const at = (dir: string, text: string) => digestOf({ prompt: file(`${dir}/a.md`, text), partials: [] }, dir);
  expect(at("prompts", "x")).toBe(at("other/prompts", "x"));
  expect(at("prompts", "x")).not.toBe(at("prompts", "y"));
  expect(digestOf({ prompt: file("p/a.md", "x"), partials: [] }, "p")).not.toBe(
    digestOf({ prompt: file("p/b.md", "x"), partials: [] }, "p"),
  );
});

it("covers named schemas, except in versions from before there were any", () => {
  const older = { prompt: file("p/a.md", "x"), partials: [file("p/_b.md", "y")] };
  const content = { ...older, schemas: [{ ...file("p/schemas/Line.yaml", "z"), name: "Line" }] };
  expect(digestOf(content, "p")).not.toBe(digestOf(older, "p"));
  expect(contentOfDigest(content, digestOf(content, "p"), "p")).toEqual(content);
  expect(contentOfDigest(content, digestOf(older, "p"), "p")).toEqual(older);
  expect(contentOfDigest(content, "sha256-", "p")).toBe(undefined);
});

it("distinguishes files whose texts concatenate to the same", () => {
  const digest = (...texts: string[]) =>
    digestOf({ prompt: file("p/a.md", texts[0] ?? ""), partials: [file("p/b.md", texts[1] ?? "")] }, "p");
  expect(digest("xy", "")).not.toBe(digest("x", "y"));
});
