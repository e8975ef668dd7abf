import { describe, expect, test } from "bun:test";
import { memoryFiles, PackageLoader, type PipelineGraph } from "../../internal/ami/mod.ts";
import type { ErrorRecord } from "../../internal/diag/mod.ts";
import { Registry } from "../../internal/kvstore/mod.ts";
import { PipelineRun, runLive } from "../../internal/pipeline/mod.ts";
import type { Json } from "../../internal/value/mod.ts";
import { QuickTime, virtualWorld } from "../../internal/world/mod.ts";
import { LineFeed } from "./pipeline_feed.ts";
import type { PieceSource } from "./pipeline_input.ts";

function graphOf(body: string): PipelineGraph {
  const modules = { exports: () => [], worker: () => () => null };
  const files = memoryFiles({ "/p/a.ami": `package p\npipeline P { ${body} }\n` });
  const graph = new PackageLoader({ nameOf: (path) => path, modules, files }).load("/p/a.ami").pipelines.get("P");
  if (graph === undefined) throw new Error(`${body} does not check`);
  return graph;
}

/** Gives its pieces one after the other, and counts how often it was asked. */
class Pieces implements PieceSource {
  asked = 0;
  stopped = false;
  readonly #pieces: readonly (string | Error)[];
  constructor(pieces: readonly (string | Error)[]) {
    this.#pieces = pieces;
  }
  async next(): Promise<Uint8Array | undefined> {
    const piece = this.#pieces[this.asked];
    this.asked += 1;
    if (piece instanceof Error) throw piece;
    return piece === undefined ? undefined : new TextEncoder().encode(piece);
  }
  stop(): void {
    this.stopped = true;
  }
}

function live(body: string, pieces: readonly (string | Error)[], options: { readonly limitMs?: number } = {}) {
  const { clock, rng } = virtualWorld();
  const outputs: Json[] = [];
  const errors: ErrorRecord[] = [];
  const run = new PipelineRun(
    graphOf(body),
    [],
    { clock, rng, stores: new Registry(clock) },
    {
      ...options,
      live: true,
      sinks: { output: ({ payload }) => outputs.push(payload), error: (record) => errors.push(record) },
    },
  );
  const time = new QuickTime();
  const source = new Pieces(pieces);
  return { run, source, outputs, errors, done: runLive(run, time, new LineFeed(source, time)) };
}

describe("events from lines", () => {
  test("are payloads and envelopes; blank lines are none", async () => {
    const { outputs, errors, done } = live("ingress -> egress", [
      '{"a":1}\n\n  \r\n{"schema":"events.v1","pay',
      'load":2}\n3',
    ]);
    await done;
    expect(outputs).toEqual([{ a: 1 }, 2, 3]);
    expect(errors).toEqual([]);
  });

  test("a line that is none is recorded with its number, and the others go on", async () => {
    const { outputs, errors, done } = live("ingress -> egress", ['1\n{oops\n\n{"schema":"events.v1"}\n2\n']);
    await done;
    expect(outputs).toEqual([1, 2]);
    expect(errors.map(({ code, message, data }) => [code, message, data?.line])).toEqual([
      ["E_EVENT_JSON", 'line 2: not JSON: expected a key in double quotes or "}", got "oops"', 2],
      ["E_EVENT_JSON", "line 4: the events.v1 envelope has no payload", 4],
    ]);
  });

  test("what reading throws ends the run with it", async () => {
    const { source, done } = live("ingress -> egress", ["1\n", new Error("gone")]);
    expect(await done.catch(String)).toBe("Error: gone");
    expect(source.stopped).toBe(true);
  });
});

test("reading pauses while the ingress holds 1,024 events, and goes on when there is room", async () => {
  const line = "1\n".repeat(1000);
  const body = "ingress -> T -> egress\n T = Transform(delay=1h) edge.FIFO(max=1)";
  const { run, source, done } = live(body, Array(100).fill(line), { limitMs: 60_000 });
  await done;
  const [ingress] = run.result().stats;
  // One is served, one waits in the queue, one at the sender, 1,024 in the inbox: the second piece was enough.
  expect(source.asked).toBe(2);
  expect(ingress?.held).toBeLessThanOrEqual(1025);
  expect(ingress?.enqueued).toBeLessThan(1100);
  expect(run.stop).toBe("timeout");
});
