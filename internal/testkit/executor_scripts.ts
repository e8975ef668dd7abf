import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a script has: `serve(hooks)` answers honestly whatever has no hook, by the method's name. */
const PRELUDE = `
import { closeSync, readSync, writeSync } from "node:fs";
const chunk = Buffer.alloc(65536);
let text = "";
export function read() {
  for (;;) {
    const end = text.indexOf("\\n");
    if (end >= 0) {
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      return JSON.parse(line);
    }
    const bytes = readSync(0, chunk);
    if (bytes === 0) return undefined;
    text += chunk.toString("utf8", 0, bytes);
  }
}
export function raw(data, fd = 1) {
  for (let bytes = Buffer.from(data); bytes.length > 0; ) bytes = bytes.subarray(writeSync(fd, bytes));
}
export const send = (message) => raw(JSON.stringify(message) + "\\n");
export const ok = ({ id }, result) => send({ jsonrpc: "2.0", id, result });
export const refuse = ({ id }, code, message = "no") => send({ jsonrpc: "2.0", id, error: { code, message } });
const step = (state, more) =>
  ({ type: "step", timestamp: "2026-01-01T00:00:00Z", step_id: "a", kind: "k", state, attempt: 1, ...more });
export const EVENTS = [step("started", { args: {} }), step("succeeded", { result: { n: 1 } })];
export const CAPABILITIES = { version: "1", step_kinds: ["k"], limits: { concurrency: 1 } };
export const FINAL = { status: "completed", events: EVENTS, summary: { completed_steps: 2 }, outputs: { r: 1 } };
const HONEST = {
  Capabilities: (q) => ok(q, CAPABILITIES),
  StartRun: (q) => ok(q, { run_id: q.params.options.run_id }),
  Poll: (q) => ok(q, FINAL),
  Cancel: (q) => ok(q, { ok: true }),
  Health: (q) => ok(q, { ok: true }),
};
export function serve(hooks = {}) {
  for (let q = read(); q !== undefined; q = read()) {
    const name = q.method.slice("Runtime.".length);
    (hooks[name] ?? HONEST[name])(q);
  }
}
`;

/** A folder of scripts that goes with the test. */
export class ExecutorScripts {
  readonly folder = mkdtempSync(join(tmpdir(), "plumb-executors-"));
  #count = 0;

  constructor() {
    writeFileSync(join(this.folder, "prelude.mjs"), PRELUDE);
  }

  /** The path of an executor that does this. */
  write(body: string): string {
    this.#count += 1;
    const path = join(this.folder, `executor_${this.#count}.mjs`);
    const names = "read, raw, send, ok, refuse, serve, EVENTS, CAPABILITIES, FINAL";
    writeFileSync(path, `import { ${names} } from "./prelude.mjs";\nimport * as fs from "node:fs";\n${body}\n`);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
