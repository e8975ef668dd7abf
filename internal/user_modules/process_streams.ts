/** What `process` calls its streams. */
const STREAMS = [
  ["stdout", 1],
  ["stderr", 2],
] as const;

/**
 * Gives what modules write to `process.stdout` and `process.stderr` to `write`: stdout belongs to the results. Who writes to the
 * file descriptors goes around it. The streams are made when they are asked for, because that costs (BUN.md).
 */
export function redirectStreams(write: (stream: 1 | 2, text: string) => void): void {
  for (const [name, stream] of STREAMS) {
    let made: unknown;
    const get = (): unknown => {
      made ??= streamTo((text) => write(stream, text));
      return made;
    };
    Object.defineProperty(process, name, { get, configurable: true });
  }
}

function streamTo(write: (text: string) => void): unknown {
  const { Writable } = process.getBuiltinModule("node:stream");
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      write(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
      done();
    },
  });
}
