// What this entry point uses of the run time that it runs on. Nothing of it is imported: edge run times and browsers have no modules
// of Node, and bundlers for them refuse such imports.

/** The parts of the global object that are used; those that some run times lack are optional. */
interface Host {
  setTimeout(call: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
  atob(text: string): string;
  readonly AbortController: new () => AbortControllerLike;
  readonly TextDecoder: new (
    label: string,
    options: { readonly fatal: boolean },
  ) => { decode(bytes: Uint8Array): string };
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly URL: new (url: string, base?: string) => UrlLike;
  readonly fetch?: (url: string, options: object) => Promise<FetchResponse>;
  readonly crypto?: { readonly subtle?: SubtleLike };
  readonly process?: NodeProcess;
  readonly Deno?: { unrefTimer?(timer: unknown): void };
}

export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { readonly once: boolean }): void;
}

interface AbortControllerLike {
  readonly signal: AbortSignalLike;
  abort(reason: unknown): void;
}

export interface UrlLike {
  readonly href: string;
  readonly protocol: string;
  readonly origin: string;
  readonly pathname: string;
  readonly search: string;
  readonly username: string;
  readonly password: string;
}

export interface FetchResponse {
  readonly status: number;
  readonly type: string;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): BodyReader; cancel(): Promise<void> } | null;
}

interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>;
  cancel(): Promise<void>;
}

/** A key of WebCrypto. */
export type CryptoKeyLike = object;

interface SubtleLike {
  importKey(format: "raw", data: Uint8Array, ...how: readonly unknown[]): Promise<CryptoKeyLike>;
  verify(algorithm: object, key: CryptoKeyLike, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
}

interface NodeProcess {
  readonly versions?: { readonly node?: string; readonly bun?: string };
  getBuiltinModule?(name: string): unknown;
}

export const host: Host = globalThis as unknown as Host;

/** Timers of all run times take this much; a longer time would fire at once. */
export const MAX_TIMER: number = 2 ** 31 - 1;

/** A timer that does not keep the process alive. */
export function startTimer(call: () => void, ms: number): unknown {
  const timer = host.setTimeout(call, ms);
  if (host.Deno?.unrefTimer !== undefined) host.Deno.unrefTimer(timer);
  else (timer as { unref?(): void }).unref?.(); // a number in browsers
  return timer;
}

export function stopTimer(timer: unknown): void {
  host.clearTimeout(timer);
}

/** A module of Node; `undefined` in run times that do not have it. */
export function nodeModule<T>(name: string): T | undefined {
  return host.process?.getBuiltinModule?.(name) as T | undefined;
}
