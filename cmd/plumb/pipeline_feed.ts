import type { LiveFeed, PipelineRun } from "../../internal/pipeline/mod.ts";
import type { RealTime } from "../../internal/world/mod.ts";
import { BadLine, eventOfLine, reportLine } from "./pipeline_events.ts";
import type { PieceSource } from "./pipeline_input.ts";
import { LineCutter } from "./pipeline_lines.ts";

/**
 * The events of a live run, a JSON line each (cli.md, `plumb pipeline run`). The next piece is asked for only when the run
 * has taken every line of the last one, so that backpressure reaches the writer (pipelines §8).
 */
export class LineFeed implements LiveFeed {
  readonly #source: PieceSource;
  readonly #time: RealTime;
  readonly #lines = new LineCutter();
  #state: "idle" | "asking" | "ended" = "idle";
  #failure: { readonly error: unknown } | undefined;

  constructor(source: PieceSource, time: RealTime) {
    this.#source = source;
    this.#time = time;
  }

  /** Throws what reading threw. */
  fill(run: PipelineRun, at: number): "more" | "waiting" | "ended" {
    if (this.#failure !== undefined) throw this.#failure.error;
    while (run.wantsInput) {
      const line = this.#lines.next();
      if (line === undefined) return this.#ask();
      const event = eventOfLine(line, this.#lines.number);
      if (event instanceof BadLine) reportLine(run, event);
      else if (event !== undefined) run.push(event, at);
    }
    return "more";
  }

  stop(): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.#source.stop();
  }

  #ask(): "waiting" | "ended" {
    if (this.#state === "ended") return "ended";
    if (this.#state === "idle") {
      this.#state = "asking";
      this.#source.next().then(
        (piece) => this.#told(piece),
        (error: unknown) => {
          this.#failure = { error };
          this.#time.ring();
        },
      );
    }
    return "waiting";
  }

  #told(piece: Uint8Array | undefined): void {
    if (this.#state !== "asking") return;
    this.#state = piece === undefined ? "ended" : "idle";
    if (piece === undefined) this.#lines.end();
    else this.#lines.add(piece);
    this.#time.ring();
  }
}
