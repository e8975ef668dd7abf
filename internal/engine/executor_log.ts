import type { LogEvent, LogLevel } from "../flow/mod.ts";
import type { StderrLine, StderrTail } from "../rep/mod.ts";

/** A console line of a device is cut here, as a line of stderr is. */
const CONSOLE_LENGTH = 4096;

/** What a process wrote on stderr since line `from`, as log events: the last 200 lines, after one that counts the dropped (flows §13). */
export function stderrEvents(stderr: StderrTail | undefined, from: number): readonly LogEvent[] {
  if (stderr === undefined) return [];
  const { lines, dropped } = stderr.since(from);
  const events = lines.map(stderrEvent);
  const first = lines[0];
  if (dropped === 0 || first === undefined) return events;
  const message = `${dropped} earlier lines of stderr were dropped`;
  return [{ type: "log", timestamp: first.timestamp, level: "warn", message, stream: "stderr" }, ...events];
}

/** A line between the frames of a serial line. */
export function consoleEvent(text: string, timestamp: string): LogEvent {
  return { type: "log", timestamp, level: "debug", message: text.slice(0, CONSOLE_LENGTH), stream: "console" };
}

/** A line that is a JSON object with `message` is a structured log (flows §12, Environment, LOG_JSON). */
function stderrEvent({ text, timestamp }: StderrLine): LogEvent {
  const { message, level, step_id } = structured(text);
  if (typeof message !== "string") return { type: "log", timestamp, level: "info", message: text, stream: "stderr" };
  const known = LEVELS.find((name) => name === level) ?? "info";
  const event = { type: "log", timestamp, level: known, message } as const;
  return typeof step_id === "string" ? { ...event, step_id, stream: "stderr" } : { ...event, stream: "stderr" };
}

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

interface StructuredLog {
  readonly message?: unknown;
  readonly level?: unknown;
  readonly step_id?: unknown;
}

function structured(text: string): StructuredLog {
  if (!text.startsWith("{")) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
