// `cuecard dev`: pages that load again, and who gets them. e2e/tools/catalog.test.ts opens the pages themselves.

import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { greetProject } from "@cuecard/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";
import { type Dev, send, sendTo, startDev as start } from "./start-dev.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Dev | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

async function startDev(project = greetProject()): Promise<Dev> {
  running = await start(project);
  return running;
}

const get = (url: URL, headers: Readonly<Record<string, string>>, method = "GET") => send(url, { headers, method });

const at = (url: URL, place: string) => new URL(`${url.origin}${place}`);

describe("dev", () => {
  it("gives the pages only to the browser that has the token, and to no other site", async () => {
    const { url, cookie } = await startDev();
    expect(cookie).toMatch(/^cuecard-dev-\d+=\S{32}$/);
    const index = at(url, "/index.html");
    const { port } = url;
    expect(await get(index, { cookie })).toMatchObject({ status: 200, text: expect.stringContaining("assets/dev.js") });
    const refused = {
      "without the token": {},
      "with another token": { cookie: `cuecard-dev-${port}=x` },
      "by a name that was pointed here": { cookie, host: `evil.example:${port}` },
      "at another port": { cookie, host: "127.0.0.1:1" },
      "from another site": { cookie, "sec-fetch-site": "cross-site" },
      "from another port": { cookie, "sec-fetch-site": "same-site" },
    };
    for (const [what, headers] of Object.entries(refused))
      expect([what, (await get(index, headers as Record<string, string>)).status]).toEqual([what, 403]);
    expect((await get(at(url, "/?token=wrong"), {})).status).toBe(403);
    // A link from a mail or a chat leads to the page.
    const link = { cookie, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    expect((await get(index, link)).status).toBe(200);
    expect((await get(index, { cookie }, "POST")).status).toBe(405);
    for (const place of ["/../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/%00", "/data", "/nothing.html"])
      expect([place, (await get(at(url, place), { cookie })).status]).toEqual([place, 404]);
    expect((await get(at(url, "/%zz"), { cookie })).status).toBe(400);
  });

  it("stays at this address when it takes the token out of it", async () => {
    const { url } = await startDev();
    for (const place of [
      "/",
      "/prompts/greet.html",
      "/.//evil.example",
      "/.///evil.example",
      "/a/..//\\evil.example",
    ]) {
      const { status, headers } = await sendTo(url, `${place}${url.search}&name=greet`);
      const target = new URL(headers.location ?? "", url);
      expect([place, status, target.origin, target.search]).toEqual([place, 303, url.origin, "?name=greet"]);
    }
  });

  it("takes requests only from its own pages", async () => {
    const { url, cookie } = await startDev();
    const own = { cookie, origin: url.origin, "content-type": "application/json" };
    const ask = async (headers: Readonly<Record<string, string>>, method = "POST") =>
      (await get(at(url, "/@api/nothing"), headers, method)).status;
    expect(await ask(own)).toBe(404);
    expect(await ask({ ...own, origin: "https://evil.example" })).toBe(403);
    expect(await ask({ ...own, origin: "null" })).toBe(403);
    expect(await ask({ ...own, origin: "null", "sec-fetch-site": "same-origin" })).toBe(404);
    expect(await ask({ ...own, origin: "https://evil.example", "sec-fetch-site": "same-origin" })).toBe(403);
    expect(await ask({ cookie })).toBe(403);
    expect(await ask({ ...own, cookie: "" })).toBe(403);
    expect(await ask({ ...own, host: "evil.example", origin: "http://evil.example" })).toBe(403);
  });

  it("brings the pages up to date after an edit, tells browsers, and keeps what compiles", async () => {
    const { dir, url, cookie, written, stop } = await startDev();
    const events: string[] = [];
    const live = request({ host: url.hostname, port: url.port, path: "/@live", headers: { cookie } }, (response) => {
      response.setEncoding("utf8");
      response.on("data", (part: string) => events.push(part));
    });
    live.end();
    const page = async (file: string) => (await get(at(url, file), { cookie })).text;
    const stateOf = (html: string) => /<meta name="live-state" content="(\S+)">/.exec(html)?.[1];
    const before = stateOf(await page("/index.html"));
    await vi.waitFor(() => expect(events.join("")).toContain(`event: state\ndata: ${before}\n`));
    writeFileSync(path.join(dir, "prompts/greet.md"), "Good evening {{name}}!");
    await vi.waitFor(() => expect(events.join("")).toContain("event: change"), { timeout: 30_000 });
    const evening = await page("/prompts/greet@working.html");
    expect(evening).toContain("Good evening");
    expect(stateOf(evening)).not.toBe(before);
    expect(events.join("")).toContain(`event: change\ndata: ${stateOf(evening)}\n`);
    writeFileSync(path.join(dir, "prompts/greet.md"), "Good evening {{#if name}}!");
    await vi.waitFor(() => expect(written.stderr).toContain("is never closed"), { timeout: 30_000 });
    expect(written.stdout).toContain("the pages show the rest");
    expect(await page("/findings.html")).toContain("is never closed");
    expect(await page("/prompts/greet@v1.html")).toContain("greet");
    expect(await stop()).toBe(0);
  });

  it("makes every file that the catalog has, and those of a new prompt, when it is asked for", async () => {
    const { dir, url, cookie, written } = await startDev();
    await runCommand(["catalog", "--out", "site"], { cwd: dir });
    const site = path.join(dir, "site");
    const files = readdirSync(site, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(site, path.join(entry.parentPath, entry.name)));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) expect([file, (await get(at(url, `/${file}`), { cookie })).status]).toEqual([file, 200]);
    const before = written.stdout.length;
    writeFileSync(path.join(dir, "prompts/search.md"), "Find {{what}}");
    await vi.waitFor(() => expect(written.stdout.slice(before)).toContain("up to date"), { timeout: 30_000 });
    const page = async (file: string) => get(at(url, file), { cookie });
    expect((await page("/prompts/search.html")).text).toContain("{{what}}");
    expect((await page("/index.html")).text).toContain("search.html");
    expect(JSON.parse((await page("/data/search.json")).text)).toHaveLength(2);
    expect((await page("/data/search@working.json")).text).toContain("Find {{what}}");
    expect((await page("/prompts/search@v1.html")).status).toBe(404);
  });

  it("waits for a project that can be read", async () => {
    const project = greetProject();
    writeFileSync(path.join(project.dir, "cuecard.config.json"), "{");
    const { url, cookie } = await startDev(project);
    expect(await get(at(url, "/"), { cookie })).toMatchObject({
      status: 503,
      text: expect.stringContaining("cannot be read"),
    });
    rmSync(path.join(project.dir, "cuecard.config.json"));
    await vi.waitFor(async () => expect((await get(at(url, "/"), { cookie })).status).toBe(200), { timeout: 30_000 });
  });

  it("says that a port is taken", async () => {
    const { dir } = greetProject();
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await runCommand(["dev", "--port", String(port)], { cwd: dir });
    server.close();
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(`port ${port} is taken`) });
  });
});
