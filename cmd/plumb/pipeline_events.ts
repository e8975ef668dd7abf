import { EventError, type ReadEvent, type RunInput, readEvent } from "../../internal/pipeline/mod.ts";
import type { PieceSource } from "./pipeline_input.ts";
import { LineCutter, LineFault } from "./pipeline_lines.ts";

/** A line of input that is no event: `E_EVENT_JSON`. */
export class BadLine {
  readonly line: number;
  readonly message: string;

  constructor(line: number, why: string) {
    this.line = line;
    this.message = `line ${line}: ${why}`;
  }
}

/** What a run's record of a bad line is made of. */
export interface LineReporter {
  report(code: string, message: string, data: { line: number }): void;
}

/** Records a line that is no event; the others go on (cli.md, `plumb pipeline run`). */
export function reportLine(run: LineReporter, { line, message }: BadLine): void {
  run.report("E_EVENT_JSON", message, { line });
}

/** The event of a line, or what is wrong with the line; undefined for a blank one. */
export function eventOfLine(line: string | LineFault, number: number): ReadEvent | BadLine | undefined {
  if (line instanceof LineFault) return new BadLine(number, line.message);
  if (line === "" || line.trim() === "") return undefined;
  try {
    return readEvent(line);
  } catch (error) {
    if (error instanceof EventError) return new BadLine(number, error.message);
    throw error;
  }
}

/** All events of an input for a virtual run, at 0 or the `at_ms` of an envelope, and the lines that are none. */
export async function readAllEvents(
  source: PieceSource,
): Promise<{ readonly events: readonly RunInput[]; readonly bad: readonly BadLine[] }> {
  const lines = new LineCutter();
  const events: RunInput[] = [];
  const bad: BadLine[] = [];
  for (let open = true; open; ) {
    const piece = await source.next();
    if (piece === undefined) lines.end();
    else lines.add(piece);
    open = piece !== undefined;
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
      const event = eventOfLine(line, lines.number);
      if (event instanceof BadLine) bad.push(event);
      else if (event !== undefined) events.push({ ...event, at: event.at ?? 0 });
    }
  }
  return { events, bad };
}
