// The git program for writing, where what it waits for does not answer.

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { createRepository } from "@cuecard/testing";
import { expect, it, onTestFinished } from "vitest";
import { inspectRepository } from "./preflight.js";
import { complaintOf, runWriting } from "./write.js";

it("is ended after the given time, and reports it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const facts = inspectRepository(createRepository().dir);
  if (facts === undefined) throw new Error("there is no repository");
  const ended = await runWriting(facts, ["ls-remote", `git://127.0.0.1:${port}/x.git`], { seconds: 0.2 });
  expect(ended.code).not.toBe(0);
  expect(complaintOf(ended)).toContain("there was no answer within 0.2 seconds");
  expect(process.listenerCount("SIGTERM")).toBe(0);
});
