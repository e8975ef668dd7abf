import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DbRow, HandlerAnswer, HandlerCall, HandlerDb } from "../sync/mod.ts";
import { HandlerThreads, type HandlerThreadsOptions } from "./handler_threads.ts";

const made: HandlerThreads[] = [];
const folders: string[] = [];

/** Threads of a test; unless told otherwise as `plumb test` has them. */
export function handlersOf(options: Partial<HandlerThreadsOptions> = {}): HandlerThreads {
  const handlers = new HandlerThreads({ open: false, ...options });
  made.push(handlers);
  return handlers;
}

/** Ends the threads of all {@link handlersOf}, and removes their modules. */
export function closeHandlers(): void {
  for (const handlers of made) handlers.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The path of a module with this text. */
export function handlerModule(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "plumb-handlers-"));
  folders.push(folder);
  const path = join(folder, "h.ts");
  writeFileSync(path, text);
  return path;
}

/** A call of `f`. */
export function sampleCall(module: string, given: Partial<HandlerCall> = {}): HandlerCall {
  return {
    module,
    name: "f",
    action: "Cart.f",
    args: {},
    flowToken: "flow-1",
    invocationId: "1".repeat(64),
    seq: 7,
    nowMs: 0,
    timeoutMs: 10_000,
    ...given,
  };
}

/** Keeps what it is asked, and answers with rows; SQL that is `fail` throws. */
export class SampleDb implements HandlerDb {
  readonly asked: unknown[] = [];
  readonly #rows: readonly DbRow[];

  constructor(rows: readonly DbRow[] = []) {
    this.#rows = rows;
  }

  all(sql: string, params?: unknown): readonly DbRow[] {
    this.asked.push(["all", sql, params]);
    if (sql === "fail") throw new Error("E_ACTION_FAILED: UNIQUE constraint failed: T.\uD800k");
    return this.#rows;
  }

  get(sql: string, params?: unknown): DbRow | undefined {
    this.asked.push(["get", sql, params]);
    return this.#rows[0];
  }

  run(sql: string, params?: unknown): void {
    this.asked.push(["run", sql, params]);
  }
}

/** What `f` of a module with this text answers. */
export function answerOf(
  text: string,
  {
    handlers = shared,
    db = new SampleDb(),
    ...given
  }: Partial<HandlerCall> & { handlers?: HandlerThreads; db?: SampleDb } = {},
): HandlerAnswer {
  return handlers.call(sampleCall(handlerModule(text), given), db);
}

const shared = handlersOf();

export const answered = (value: unknown): HandlerAnswer => ({ kind: "answered", value });
export const failed = (message: string): HandlerAnswer => ({ kind: "fault", code: "E_ACTION_FAILED", message });
export const late = (ms: number): HandlerAnswer => ({
  kind: "fault",
  code: "E_ACTION_TIMEOUT",
  message: `the handler took longer than its limit of ${ms} ms`,
});
