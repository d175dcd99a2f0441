// Following pointers: asks the source, decides about its answers, and swaps all pointers of a document at once. Whatever goes wrong,
// the pointers that are in effect stay.

import type { BuiltPackage } from "./built-package.js";
import { callBack } from "./call-back.js";
import type { Contracts } from "./contracts.js";
import { malformed, type PointerDocument } from "./document.js";
import { FollowError, messageOf } from "./follow-error.js";
import type { FollowState, RefreshOptions } from "./follow-types.js";
import { host, MAX_TIMER, startTimer, stopTimer } from "./host.js";
import { readMaxAge, type Settings } from "./options.js";
import { PointerTable } from "./pointer-table.js";
import { readText, refuseOlder, toText } from "./read-answer.js";
import { nextDelay } from "./schedule.js";
import type { Answer } from "./source.js";

/** How often a file is read that cannot be watched, if there is no interval. */
const UNWATCHED_INTERVAL = 5_000;

/** Problems of a source that does not answer, as opposed to one that answers with a wrong document: it is asked less often. */
const OUTAGES: readonly string[] = ["unreachable", "timeout", "status", "redirect", "source"];

/** Shuts down work in progress. */
const CLOSED = new FollowError("unreachable", "following was closed");

interface News {
  readonly text: string | undefined;
  readonly etag: string | undefined;
  readonly document?: PointerDocument;
}

export class Followed {
  readonly #settings: Settings;
  readonly #contracts: Contracts;
  readonly #built: BuiltPackage;
  table: PointerTable;
  #state: FollowState;
  /** The text of the document that is in effect. */
  #text: string | undefined;
  #interval: number | undefined;
  #failures = 0;
  #retryAfter: number | undefined;
  /** When the last answer came, or did not come. */
  #askedAt = Number.NEGATIVE_INFINITY;
  #startedAt = 0;
  #attempt = 0;
  #timer: unknown;
  #stopWatching: (() => void) | undefined;
  #running: Promise<void> | undefined;
  /** What starts as soon as what is running is done, for those who asked in between. */
  #waiting: Promise<void> | undefined;
  /** What the source is asked at the moment: more than one if an answer is overdue where timers do not run. */
  readonly #asking = new Set<(reason: unknown) => void>();
  #isClosed = false;

  constructor(settings: Settings, contracts: Contracts, built: BuiltPackage) {
    this.#settings = settings;
    this.#contracts = contracts;
    this.#built = built;
    this.#interval = settings.interval;
    this.table = new PointerTable(contracts, built, undefined);
    this.#state = this.#describe({
      source: settings.source.label,
      etag: undefined,
      sequence: undefined,
      since: undefined,
      checked: undefined,
      lastError: undefined,
    });
  }

  get state(): FollowState {
    return this.#state;
  }

  /** Starts asking by itself, if it has an interval or a file to watch. */
  start(): void {
    const { watch } = this.#settings.source;
    this.#stopWatching = watch?.(
      () => void this.#runAgain(),
      () => {
        this.#interval ??= UNWATCHED_INTERVAL;
        this.#schedule();
      },
    );
    if (watch !== undefined || this.#interval !== undefined) void this.#runAgain();
  }

  async refresh(options: RefreshOptions = {}): Promise<FollowState> {
    const age = readMaxAge(options);
    const isFresh = () => this.#isClosed || (age !== undefined && Date.now() - this.#askedAt < age);
    // Those who want it no fresher share one answer.
    if (age !== undefined && !isFresh() && this.#running !== undefined) await this.#wait(this.#running);
    if (!isFresh()) await this.#wait(this.#runAgain());
    return this.#state;
  }

  /**
   * Keeps the process alive for as long as someone waits. The wait has an end in any case: edge run times stop what belongs to another
   * request that is over.
   */
  async #wait(work: Promise<void>): Promise<void> {
    let timer: unknown;
    const end = new Promise<void>((resolve) => {
      timer = host.setTimeout(resolve, this.#longest);
    });
    await Promise.race([work, end]);
    host.clearTimeout(timer);
  }

  /** How long two answers may take. */
  get #longest(): number {
    return Math.min(this.#settings.timeout * 2 + 1_000, MAX_TIMER);
  }

  close(): void {
    this.#isClosed = true;
    stopTimer(this.#timer);
    this.#stopWatching?.();
    for (const abort of this.#asking) abort(CLOSED);
  }

  /** Asks the source. What is already on its way may be older than the question, so it is waited for, and then asked again. */
  #runAgain(): Promise<void> {
    if (this.#running === undefined || Date.now() - this.#startedAt > this.#longest) {
      this.#startedAt = Date.now();
      this.#waiting = undefined;
      const running = this.#run().finally(() => {
        if (this.#running === running) this.#running = undefined;
      });
      this.#running = running;
      return running;
    }
    this.#waiting ??= this.#running.then(() => {
      this.#waiting = undefined;
      return this.#runAgain();
    });
    return this.#waiting;
  }

  async #run(): Promise<void> {
    if (this.#isClosed) return;
    stopTimer(this.#timer);
    const attempt = ++this.#attempt;
    /** An answer that comes after that of a later attempt counts no more. */
    const isLate = () => this.#isClosed || attempt !== this.#attempt;
    try {
      const news = await this.#read(await this.#ask());
      if (!isLate()) this.#take(news);
    } catch (error) {
      if (!isLate()) this.#fail(error);
    }
    if (isLate()) return;
    this.#askedAt = Date.now();
    this.#schedule();
  }

  /** The source's answer, or the error of a timeout, whichever is first: what comes later is dropped. */
  async #ask(): Promise<Answer> {
    const { source, timeout, maxBytes } = this.#settings;
    const controller = new host.AbortController();
    const { signal } = controller;
    const abort = (reason: unknown) => controller.abort(reason);
    this.#asking.add(abort);
    const late = new FollowError("timeout", `${source.label} did not answer within ${timeout} ms`);
    const timer = startTimer(() => controller.abort(late), timeout);
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        source.read({ etag: this.#state.etag, maxBytes, signal }).then(resolve, (error) =>
          // Whatever a request fails with after it was aborted.
          reject(signal.aborted ? signal.reason : error),
        );
      });
    } finally {
      stopTimer(timer);
      this.#asking.delete(abort);
    }
  }

  /** Reads an answer, without a document if it is the one that is in effect. */
  async #read(answer: Answer): Promise<News> {
    const text = answer === undefined ? this.#text : toText(answer.body, this.#settings.maxBytes);
    const etag = answer === undefined ? this.#state.etag : answer.etag;
    // A function may have nothing new to say before it has said anything.
    if (text === undefined || text === this.#text) return { text, etag };
    return { text, etag, document: await readText(text, this.#settings.verifier) };
  }

  #take({ text, etag, document }: News): void {
    if (document === undefined) {
      this.#state = this.#describe({ ...this.#state, etag, checked: this.#checked(), lastError: undefined });
      return;
    }
    refuseOlder(document, { seen: this.#state.sequence, least: this.#settings.minSequence });
    const table = new PointerTable(this.#contracts, this.#built, document);
    const isMoved = !table.equals(this.table);
    const isNew = this.#text === undefined;
    this.#text = text;
    this.table = table;
    const now = this.#checked();
    this.#state = this.#describe({
      ...this.#state,
      etag,
      sequence: document.sequence,
      since: isMoved || isNew ? now : this.#state.since,
      checked: now,
      lastError: undefined,
    });
    if (isMoved) this.#notify();
  }

  #checked(): string {
    this.#failures = 0;
    this.#retryAfter = undefined;
    return new Date().toISOString();
  }

  #fail(thrown: unknown): void {
    const error = thrown instanceof FollowError ? thrown : malformed(messageOf(thrown), thrown);
    this.#failures = OUTAGES.includes(error.code) ? this.#failures + 1 : 0;
    this.#retryAfter = error.retryAfter;
    this.#report(error);
  }

  #report(error: FollowError): void {
    this.#state = this.#describe({ ...this.#state, lastError: error });
    callBack(this.#settings.onError, error, () => {
      // There is no one else to report it to.
    });
  }

  #notify(): void {
    callBack(this.#settings.onChange, this.#state, (cause) =>
      this.#report(new FollowError("callback", `onChange failed: ${messageOf(cause)}`, { cause })),
    );
  }

  #schedule(): void {
    stopTimer(this.#timer);
    const interval = this.#interval;
    if (interval === undefined || this.#isClosed) return;
    const attempt = { interval, failures: this.#failures, retryAfter: this.#retryAfter, random: Math.random() };
    this.#timer = startTimer(() => void this.#runAgain(), nextDelay(attempt));
  }

  /** The pointers are listed when they are read: that takes long for a thousand prompts. */
  #describe(facts: Omit<FollowState, "pointers" | "refused">): FollowState {
    const { table } = this;
    const { source, etag, sequence, since, checked, lastError } = facts;
    return Object.freeze({
      source,
      etag,
      sequence,
      since,
      checked,
      get pointers() {
        return table.pointers;
      },
      refused: table.refused,
      lastError,
    });
  }
}
