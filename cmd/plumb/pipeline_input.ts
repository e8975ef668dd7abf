import { openSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import { errorText } from "../../internal/diag/mod.ts";

/** Bytes that come in pieces. Nothing is read ahead of what is asked for, but for what the system buffers. */
export interface PieceSource {
  /** The next piece; undefined at the end. Rejects when reading fails. */
  next(): Promise<Uint8Array | undefined>;
  /** Nothing more is asked for. */
  stop(): void;
}

/** The input of `--events`: standard input, or a file. Throws a UsageError for a file that cannot be opened. */
export function openEvents(file: string | undefined, cwd: string): PieceSource {
  const shown = file ?? "-";
  try {
    return new StreamPieces(shown === "-" ? Bun.stdin : Bun.file(openSync(resolve(cwd, shown), "r")), shown);
  } catch (error) {
    throw unreadable(shown, error);
  }
}

class StreamPieces implements PieceSource {
  readonly #reader: ReturnType<typeof readerOf>;
  readonly #shown: string;

  constructor(blob: Blob, shown: string) {
    this.#reader = readerOf(blob);
    this.#shown = shown;
  }

  async next(): Promise<Uint8Array | undefined> {
    try {
      return (await this.#reader.read()).value;
    } catch (error) {
      throw unreadable(this.#shown, error);
    }
  }

  stop(): void {
    // The reading side does not wait for what a writer may never send.
    this.#reader.cancel().catch(() => undefined);
  }
}

function readerOf(blob: Blob) {
  return blob.stream().getReader();
}

function unreadable(shown: string, error: unknown): UsageError {
  const what = shown === "-" ? "standard input" : `--events ${shown}`;
  return new UsageError("E_USAGE_VALUE", `${what} cannot be read: ${errorText(error)}`);
}
