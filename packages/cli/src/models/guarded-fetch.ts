// Requests to providers: they go nowhere else, and end when nothing more arrives.

/** An answer that is not one of a model. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";
  readonly kind: "redirect" | "page" | "silence";
  /** Where a redirect leads. */
  readonly target: string | undefined;

  constructor(kind: UnexpectedAnswer["kind"], target?: string) {
    super(kind);
    this.kind = kind;
    this.target = target;
  }
}

/** Models that think, and servers that load a model first, take minutes. */
const MOST_SILENCE = 300_000;

/**
 * Redirects are not followed, because the key would go with them. A web page cannot be the answer of a model: the address is wrong.
 *
 * @param silence For how many milliseconds nothing may arrive.
 */
export function guardFetch(silence: number = MOST_SILENCE): typeof fetch {
  return async (target, init = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(new UnexpectedAnswer("silence")), silence);
    // A run that was stopped must not keep the process alive.
    timer.unref();
    init.signal?.addEventListener("abort", () => clearTimeout(timer), { once: true });
    const signals = [stop.signal, ...(init.signal ? [init.signal] : [])];
    try {
      const response = await fetch(target, { ...init, redirect: "manual", signal: AbortSignal.any(signals) });
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400)
        throw new UnexpectedAnswer("redirect", location ?? undefined);
      if (response.ok && /^text\/html\b/i.test(response.headers.get("content-type") ?? ""))
        throw new UnexpectedAnswer("page");
      if (response.body === null) {
        clearTimeout(timer);
        return response;
      }
      const watched = response.body.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(part, controller) {
            timer.refresh();
            controller.enqueue(part);
          },
          flush: () => clearTimeout(timer),
        }),
      );
      const { status, statusText, headers } = response;
      return new Response(watched, { status, statusText, headers });
    } catch (error) {
      clearTimeout(timer);
      throw stop.signal.aborted ? stop.signal.reason : error;
    }
  };
}
