// Pointers that move at run time: how soon 200 processes have a moved pointer, what their questions cost the source, and what following
// costs a process.

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { BenchRepository } from "./bench-repository.js";
import { formatBytes, formatRatio, formatTarget, formatTime } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { processFile } from "./paths.js";
import { runProcess } from "./run-process.js";
import { median } from "./sample.js";

const PROCESSES = 200;
const INTERVAL = 2_000;
/** For how long the questions are counted. */
const QUIET_INTERVALS = 5;
/** Starting a process takes the processor longer than anything that is measured: not many at once. */
const STARTED_AT_ONCE = 4;

export async function measureFollow({ folder, rounds }: Bench): Promise<readonly Table[]> {
  const small = new BenchRepository(join(folder, "follow-small"), { prompts: 5, versions: 3, emits: "all" });
  await small.build();
  const dist = pathToFileURL(join(small.packageDir, "dist/")).href;
  const document = (version: number) => JSON.stringify({ [firstPrompt(small)]: { staging: `v${version}` } });
  const file = join(folder, "pointers.json");
  return [await measureFlips(dist, document, file), ...(await measureLoads(folder, rounds))];
}

function firstPrompt({ packageDir }: BenchRepository): string {
  const { prompts } = JSON.parse(readFileSync(join(packageDir, "dist/manifest.json"), "utf8"));
  return Object.keys(prompts)[0] ?? "";
}

/** What a source has answered. */
interface Counts {
  requests: number;
  unchanged: number;
  bytes: number;
}

async function measureFlips(dist: string, document: (version: number) => string, file: string): Promise<Table> {
  const source = await serve(document(1));
  const byUrl = await Watchers.start([dist, source.url, `${INTERVAL}ms`]);
  const before = source.count();
  const cpu = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, QUIET_INTERVALS * INTERVAL));
  const { user, system } = process.cpuUsage(cpu);
  const after = source.count();
  source.replace(document(2));
  const url = await byUrl.flipped();
  byUrl.end();
  source.server.close();
  writeFileSync(file, document(1));
  const byFile = await Watchers.start([dist, file]);
  writeFileSync(`${file}.new`, document(2));
  const flippedAt = Date.now();
  renameSync(`${file}.new`, file);
  const watched = await byFile.flipped(flippedAt);
  byFile.end();
  const requests = after.requests - before.requests;
  const each = requests / (PROCESSES * QUIET_INTERVALS);
  const late = (times: readonly number[]) => [
    formatTime(times[times.length >> 1] ?? Number.NaN),
    formatTime(times.at(-1) ?? Number.NaN),
  ];
  return {
    title: `follow: ${PROCESSES} processes`,
    columns: ["", "median", "last", "target"],
    rows: [
      [
        `a flip by URL, asked every ${INTERVAL / 1_000} s`,
        ...late(url),
        formatTarget("≤ 2 intervals", (url.at(-1) ?? 0) <= 2 * INTERVAL),
      ],
      ["a flip by a file that is watched", ...late(watched)],
      [
        "requests of a process in an interval",
        each.toFixed(2),
        "",
        formatTarget("1 request, ± 10 %", Math.abs(each - 1) <= 0.1),
      ],
      ["of these, answered by 304", `${Math.round((100 * (after.unchanged - before.unchanged)) / requests)} %`],
      ["bytes of a request and its answer, without TLS", `${Math.round((after.bytes - before.bytes) / requests)}`],
      ["processor time of the source for a request", formatTime((user + system) / 1_000 / requests)],
    ],
    notes: [
      "Times from the flip to a moved pointer are those of a clock: a busy machine makes them longer.",
      "Linux lets a user watch files in 128 processes by default (fs.inotify.max_user_instances); others read the file every 5 s.",
    ],
  };
}

interface Served {
  readonly server: Server;
  readonly url: string;
  count(): Counts;
  replace(text: string): void;
}

async function serve(first: string): Promise<Served> {
  let text = first;
  let version = 1;
  const counts = { requests: 0, unchanged: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const etag = `"${version}"`;
    const isSame = request.headers["if-none-match"] === etag;
    counts.requests++;
    if (isSame) counts.unchanged++;
    response.writeHead(isSame ? 304 : 200, { etag }).end(isSame ? undefined : text);
  });
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 1_024, resolve));
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pointers.json`,
    count: () => ({
      ...counts,
      bytes: [...sockets].reduce((sum, socket) => sum + socket.bytesRead + socket.bytesWritten, 0),
    }),
    replace(next) {
      text = next;
      version++;
    },
  };
}

/** Processes that follow, each with its first document. */
class Watchers {
  readonly #children: readonly ChildProcess[];
  readonly #moved: readonly Promise<number>[];

  private constructor(children: readonly ChildProcess[], moved: readonly Promise<number>[]) {
    this.#children = children;
    this.#moved = moved;
  }

  static async start(args: readonly string[]): Promise<Watchers> {
    const children: ChildProcess[] = [];
    const moved: Promise<number>[] = [];
    const startOne = async () => {
      const child = spawn(process.execPath, [processFile("watch-pointers.mjs"), ...args], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      const lines = createInterface({ input: child.stdout });
      await new Promise<void>((ready, fail) => {
        child.on("exit", (code) => fail(new Error(`a process ended with ${code}`)));
        let isReady = false;
        moved.push(
          new Promise((resolve) =>
            lines.on("line", (line) => {
              const event = JSON.parse(line) as { readonly ready?: number; readonly moved?: number };
              // The first document moves the pointer as well.
              if (event.moved !== undefined && isReady) resolve(event.moved);
              if (event.ready === undefined) return;
              isReady = true;
              ready();
            }),
          ),
        );
      });
    };
    for (let started = 0; started < PROCESSES; started += STARTED_AT_ONCE)
      await Promise.all(Array.from({ length: STARTED_AT_ONCE }, startOne));
    return new Watchers(children, moved);
  }

  /** How long it took each process, ascending, in milliseconds. */
  async flipped(since: number = Date.now()): Promise<readonly number[]> {
    const times = await Promise.all(this.#moved);
    return times.map((time) => time - since).toSorted((a, b) => a - b);
  }

  end(): void {
    for (const child of this.#children) child.removeAllListeners("exit").kill();
  }
}

type Kind = "name" | "uri" | "weighted";

interface Loads {
  readonly best: Readonly<Record<Kind | `${Kind}Moved` | `${Kind}Still`, number>>;
  /** Milliseconds of the processor. */
  readonly index: number;
  readonly module: number;
  readonly first: number;
  readonly moved: number;
  readonly bytes: number;
  readonly refused: number;
}

const LARGE = { prompts: 1000, versions: 10, emits: "all" } as const;

async function measureLoads(folder: string, rounds: number): Promise<readonly Table[]> {
  const repository = new BenchRepository(join(folder, "follow-large"), LARGE);
  await repository.build();
  const folderUrl = pathToFileURL(join(repository.packageDir, "dist/")).href;
  const runs: Loads[] = [];
  for (let run = 0; run < rounds; run++) {
    const { stdout } = await runProcess([processFile("follow-loads.mjs"), folderUrl]);
    runs.push(JSON.parse(stdout) as Loads);
  }
  const of = (read: (run: Loads) => number) => median(runs.map(read));
  const row = (label: string, kind: Kind) => {
    const moved = of(({ best }) => best[`${kind}Moved`] / best[kind]);
    const still = of(({ best }) => best[`${kind}Still`] / best[kind]);
    const worst = Math.max(moved, still);
    return [
      label,
      `${of(({ best }) => best[kind]).toFixed(0)} ns`,
      formatRatio(moved),
      formatRatio(still),
      formatTarget("≤ 2 ×", worst <= 2),
    ];
  };
  const module = readFileSync(join(repository.packageDir, "dist/follow.js"));
  return [
    {
      title: `follow: loading a prompt of ${LARGE.prompts}, beside the package's own load`,
      columns: ["", "load", "moved", "not moved", "target"],
      rows: [row("by name and alias", "name"), row("by URI", "uri"), row("by weighted alias and key", "weighted")],
    },
    {
      title: `follow: ${LARGE.prompts} prompts with ${LARGE.versions} versions each`,
      columns: ["", ""],
      rows: [
        ["dist/follow.js", formatBytes(module.length)],
        ["the same, compressed", formatBytes(gzipSync(module).length)],
        ["importing it, after the index (processor)", formatTime(of((run) => run.module))],
        ["importing the index", formatTime(of((run) => run.index))],
        ["follow() and an empty document", formatTime(of((run) => run.first))],
        [
          `a document of ${formatBytes(of((run) => run.bytes))} that moves two aliases of each`,
          formatTime(of((run) => run.moved)),
        ],
        ["pointers of it that were refused", `${of((run) => run.refused)}`],
      ],
    },
  ];
}
