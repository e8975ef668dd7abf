import { LineSplitter, type LineTaker } from "../rep/mod.ts";

/**
 * Hands the lines of a stream to `taker` until the stream ends; one that is too long is dropped, whatever its length.
 * @param limit bytes of a line
 */
export async function serveLines(input: AsyncIterable<Uint8Array>, limit: number, taker: LineTaker): Promise<void> {
  const splitter = new LineSplitter(limit, taker);
  for await (const bytes of input) splitter.push(bytes);
}
