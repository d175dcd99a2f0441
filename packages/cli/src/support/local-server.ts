// What the servers of commands share: how they begin to listen, and how they compare secrets.

import { timingSafeEqual } from "node:crypto";
import type { Server } from "node:http";
import { RequestError } from "../exit.js";

export interface ListenOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** @throws RequestError if the address cannot be used. */
export function listen(http: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((listening, reject) => {
    http.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      if (code === "EADDRINUSE")
        reject(new RequestError(`port ${port} is taken`, "choose another with --port, or 0 for any that is free"));
      else if (code === "EACCES")
        reject(new RequestError(`port ${port} may not be used by this user`, "choose one above 1023 with --port"));
      else reject(new RequestError(`the server cannot listen on ${host}: ${message}`));
    });
    http.listen(port, host, () => listening());
  });
}

/** Whether a text is the secret. It takes the same time wherever they differ. */
export function isSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
