/** Methods of `console` that print to stdout, and those that print to stderr. */
const STREAMS = { log: 1, info: 1, debug: 1, dir: 1, table: 1, warn: 2, error: 2, trace: 2 } as const;

/**
 * Gives what modules print through `console` to `print`, without a line end: stdout belongs to the results. What measures time
 * or counts does nothing.
 */
export function redirectConsole(print: (stream: 1 | 2, text: string) => void): void {
  const inspect = Bun.inspect;
  const line = (values: readonly unknown[]): string =>
    values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" ");
  for (const key of Object.keys(console)) Reflect.set(console, key, () => undefined);
  for (const [key, stream] of Object.entries(STREAMS)) {
    Reflect.set(console, key, (...values: unknown[]) => print(stream, line(values)));
  }
  const assert = (holds: unknown, ...values: unknown[]): void => {
    if (!holds) print(2, line(["Assertion failed", ...values]));
  };
  Reflect.set(console, "assert", assert);
}
