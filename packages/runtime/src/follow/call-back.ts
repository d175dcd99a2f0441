// Functions of the user, which may be async.

/** Calls a function, and reports what it throws or what its promise is rejected with: unhandled, that would end the process. */
export function callBack<T>(
  callback: ((argument: T) => unknown) | undefined,
  argument: T,
  failed: (cause: unknown) => void,
): void {
  try {
    const result = callback?.(argument);
    if (result !== undefined) void Promise.resolve(result).catch(failed);
  } catch (cause) {
    failed(cause);
  }
}
