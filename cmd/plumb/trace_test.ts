import { describe, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { encodeBindings, openStore, type Store } from "../../internal/store/mod.ts";
import { oneTarget, runPlumb, tempDir } from "../../internal/testkit/mod.ts";
import { type TraceEvent, TraceEventSchema, TraceSchema } from "../../internal/trace/mod.ts";
import { isObject, toStrict } from "../../internal/value/mod.ts";

const GOLDEN = join(import.meta.dir, "../../testdata/examples/cart/golden");
const FLOW = "cart-example-shortage";

function goldenLines(name: string): string[] {
  return readFileSync(join(GOLDEN, `${name}.golden.jsonl`), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1);
}

/** Writes events as the engine does; their ids are checked against their content. */
function record(store: Store, flow_token: string, lines: readonly string[]): void {
  for (const line of lines) {
    const event = v.parse(TraceEventSchema, JSON.parse(line));
    store.unit(() => recordEvent(store, flow_token, event));
  }
}

function recordEvent(store: Store, flow_token: string, event: TraceEvent): void {
  const { id, action_uri, seq } = event;
  if (event.type === "completion") {
    const result = strictObject(event.result);
    store.writeCompletion({ id, invocation_id: event.invocation, output_case: event.output_case, result, seq });
    return;
  }
  const invocation = { id, flow_token, action_uri, args: strictObject(event.args), seq };
  const { cause } = event;
  if (cause === undefined) store.writeInvocation(invocation);
  else {
    const bindings = encodeBindings(strictObject(cause.bindings));
    store.writeFiring({ completion_id: cause.completion, sync_id: cause.sync, bindings, invocation });
  }
}

function strictObject(value: unknown) {
  const strict = toStrict(value);
  if (!isObject(strict)) throw new Error("no object");
  return strict as { [key: string]: typeof strict };
}

const cwd = tempDir();
const LINES = goldenLines("checkout_insufficient_stock");

function makeLog(name: string, ...flows: (readonly [token: string, lines: readonly string[]])[]): Store {
  const store = openStore(join(cwd, name));
  store.migrate();
  for (const [token, lines] of flows) record(store, token, lines);
  return store;
}

makeLog("shortage.db", [FLOW, LINES]).close();
makeLog("pending.db", [FLOW, LINES.slice(0, 7)]).close();

const failed = makeLog("failed.db", [FLOW, LINES.slice(0, 5)]);
failed.writeInvocation({ flow_token: "later", action_uri: "A.b", args: { n: 2n ** 63n - 1n }, seq: 6 });
failed.failFlow(FLOW, { code: "E_NO_OUTPUT", message: "no output of Cart.checkout applies" });
failed.close();

describe.each(oneTarget())("plumb trace, $name", (target) => {
  const trace = (...args: string[]) => runPlumb(target, ["trace", ...args], { cwd });
  const textLines = (...args: string[]): string[] =>
    trace(...args)
      .stdout.trimEnd()
      .split("\n");

  test("text: a line for the flow, then its events", () => {
    const { stdout, stderr, exit } = trace("--db", "shortage.db");
    expect([stderr, exit]).toEqual(["", 0]);
    const lines = stdout.split("\n");
    expect(lines.slice(0, 3)).toEqual([
      `flow ${FLOW}: open, 10 events`,
      '[1] Inventory.setStock {"item_id":"widget","quantity":2}',
      "[2]   [1] = Success {}",
    ]);
    expect(lines.slice(-2)).toEqual(["[10]   [9] = Success {}", ""]);
  });

  test("acceptance 30: json has the golden file's events, byte for byte, and is trace.v1", () => {
    const { stdout } = trace("--db", "shortage.db", "--format", "json");
    const flow = `{"events":[${LINES.join(",")}],"flow_token":"${FLOW}","pending":0,"status":"open"}`;
    expect(stdout).toBe(`{"flows":[${flow}],"schema":"trace.v1"}\n`);
    expect(v.is(TraceSchema, JSON.parse(stdout))).toBe(true);
  });

  test("failed and pending flows, several of them by their first event, integers exact", () => {
    const { stdout } = trace("--db", "failed.db");
    expect(stdout.split("\n").slice(5)).toEqual([
      "[5] Cart.checkout {} (pending)",
      "failed: E_NO_OUTPUT: no output of Cart.checkout applies",
      "flow later: open, 1 events",
      '[6] A.b {"n":9223372036854775807} (pending)',
      "",
    ]);
    const { flows } = JSON.parse(trace("--db", "failed.db", "--format", "json").stdout);
    expect(flows).toMatchObject([
      { flow_token: FLOW, status: "failed", pending: 1, error: { code: "E_NO_OUTPUT" } },
      { flow_token: "later", status: "open", pending: 1 },
    ]);
    expect(textLines("--db", "failed.db", "--flow", "later")).toHaveLength(2);
  });

  test("acceptance 35: --why of event 10 keeps events 5 to 10, by id and by prefix", () => {
    const id = "ba26155cb4c829b14584d408b66cf1a5778ee31d9d1c61971b68e72fcaef5c28";
    for (const why of [id, id.slice(0, 6), id.slice(0, 7).toUpperCase()]) {
      const lines = textLines("--db", "shortage.db", "--why", why);
      expect(lines[0]).toBe(`flow ${FLOW}: open, 6 events`);
      expect(lines.slice(1).map((line) => line.split(" ")[0])).toEqual(["[5]", "[6]", "[7]", "[8]", "[9]", "[10]"]);
    }
    // Its completion is in the log, though not in the chain: it is not pending.
    const nine = textLines("--db", "shortage.db", "--why", "3b5e70");
    expect(nine.at(-1)).not.toContain("pending");
    expect(textLines("--db", "pending.db", "--why", "19ca56").at(-1)).toEndWith(" (pending)");
  });

  test("--action keeps matching actions; a flow without one is left out", () => {
    const kept = (glob: string): string[] =>
      textLines("--db", "failed.db", "--action", glob).map((line) => line.split(" ")[0] ?? "");
    expect(kept("Cart.*")).toEqual(["flow", "[3]", "[4]", "[5]", "failed:"]);
    expect(kept("?.b")).toEqual(["flow", "[6]"]);
    expect(kept("Cart")).toEqual([""]);
    expect(trace("--db", "failed.db", "--action", "nothing", "--format", "json").stdout).toBe(
      '{"flows":[],"schema":"trace.v1"}\n',
    );
  });

  test("mermaid draws what was kept", () => {
    const { stdout } = trace("--db", "shortage.db", "--action", "Inventory.reserve", "--format", "mermaid");
    expect(stdout).toBe('flowchart TD\n  e7["[7] Inventory.reserve"]\n  e8(["[8] InsufficientStock"])\n  e7 --> e8\n');
  });

  test.each([
    ["a missing file", ["--db", "nope.db"], "E_STORE_MISSING", "nope.db does not exist"],
    ["a folder", ["--db", "."], "E_STORE_OPEN", "not a regular file"],
    ["an unknown flow", ["--db", "shortage.db", "--flow", "nope"], "E_FLOW_UNKNOWN", 'no flow "nope"'],
    [
      "an unknown flow, as JSON",
      ["--db", "shortage.db", "--format", "json", "--flow", "nope"],
      "E_FLOW_UNKNOWN",
      "nope",
    ],
    [
      "an unknown id, as JSON",
      ["--db", "shortage.db", "--format", "json", "--why", "ffffff"],
      "E_TRACE_ID",
      "no event",
    ],
    ["an unknown id", ["--db", "shortage.db", "--why", "ffffff"], "E_TRACE_ID", "no event has an id"],
    ["five digits", ["--db", "shortage.db", "--why", "ba261"], "E_TRACE_ID", "64 hex digits or its first 6"],
    ["no db", [], "E_USAGE_ARGUMENT", "--db FILE is missing"],
  ])("%s: exit 2", (_, args, code, message) => {
    const { stdout, stderr, exit } = trace(...args);
    expect([stdout, exit]).toEqual(["", 2]);
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(message);
    expect(trace("--db", "nope.db").exit).toBe(2);
  });

  test("acceptance 35: the bytes of a log whose writer was killed do not change; what was committed is shown", () => {
    const live = makeLog(`live_${target.name}.db`, [FLOW, LINES.slice(0, 4)]);
    live.flush();
    for (const suffix of ["", "-wal"]) {
      writeFileSync(
        join(cwd, `killed_${target.name}.db${suffix}`),
        readFileSync(join(cwd, `live_${target.name}.db${suffix}`)),
      );
    }
    live.close();
    const before = readFileSync(join(cwd, `killed_${target.name}.db`));
    expect(textLines("--db", `killed_${target.name}.db`)).toHaveLength(5);
    expect(readFileSync(join(cwd, `killed_${target.name}.db`)).equals(before)).toBe(true);
  });

  test("acceptance 38: a log that is being written is read at once, as it was committed", () => {
    const writer = makeLog(`writing_${target.name}.db`, [FLOW, LINES.slice(0, 2)]);
    writer.flush();
    writer.begin();
    recordEvent(writer, FLOW, v.parse(TraceEventSchema, JSON.parse(LINES[2] ?? "")));
    expect(textLines("--db", `writing_${target.name}.db`)).toHaveLength(3);
    writer.end();
    writer.flush();
    expect(textLines("--db", `writing_${target.name}.db`)).toHaveLength(4);
    writer.close();
  });
});
