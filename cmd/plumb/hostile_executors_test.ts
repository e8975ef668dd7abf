import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { type HostileOptions, type HostileOutcome, hostileRun, MarkedProcesses } from "../../internal/testkit/mod.ts";

// What the host must survive (flows §17), all rows of it: each is a script of `plumb executor mock --scripted`, run by
// `plumb runtime run`. The same without processes, and in little time, is in internal/rep and internal/engine.

setDefaultTimeout(180_000);

const MIB = 1 << 20;
/** So many runs at once; most of their time they wait. */
const AT_ONCE = 3;

interface Row extends HostileOptions {
  readonly script: string;
  readonly says: string;
  readonly expected: Partial<HostileOutcome>;
  /** Whether the run had an event before it went wrong. */
  readonly hadEvents?: boolean;
}

/** Exit 4, error 3001 with this cause. */
function broken(cause: string, details: object = {}): Partial<HostileOutcome> {
  const timeouts: Record<string, string> = { Timeout: "E_RUN_TIMEOUT" };
  const name = timeouts[cause] ?? `E_REP_${cause.replace(/(?<=.)[A-Z]/g, "_$&").toUpperCase()}`;
  const isItsOwn = ["Exit", "Eof", "CallTimeout", "Timeout", "RunLost", "Reset"].includes(cause);
  const blame = isItsOwn ? "executor" : "protocol";
  return {
    exit: 4,
    status: "failed",
    cause,
    error: { code: 3001, name, blame },
    details: expect.objectContaining(details),
  };
}

const completed = (...warnings: string[]): Partial<HostileOutcome> => ({ exit: 0, status: "completed", warnings });
const refused = (exit: number, code: number): Partial<HostileOutcome> => ({
  exit,
  status: "failed",
  error: expect.objectContaining({ code, blame: "executor" }),
});
const stderr = Array.from({ length: 20 }, (_, line) => `line ${line + 11}`);

const ROWS: readonly Row[] = [
  { script: "01", says: "exits before a word", expected: broken("Exit", { exit_code: 0 }) },
  {
    script: "02",
    says: "exits 3 in the run after 30 lines on stderr",
    expected: broken("Exit", { exit_code: 3, stderr }),
    hadEvents: true,
  },
  {
    script: "02_signal",
    says: "is killed in the run",
    expected: broken("Exit", { signal: "SIGSEGV" }),
    hadEvents: true,
  },
  { script: "03", says: "never answers Capabilities", expected: broken("CallTimeout") },
  {
    script: "03_half",
    says: "writes half a line, then nothing",
    callTimeoutMs: 1500,
    expected: broken("CallTimeout"),
  },
  { script: "04", says: "closes stdout, lives on", expected: broken("Eof") },
  { script: "05", says: "greets before its first frame", expected: broken("Json", { line: "ready." }) },
  { script: "06", says: "writes 300 MB without LF", expected: broken("Frame"), hadEvents: true },
  { script: "06_frame", says: "answers with a frame of 17 MiB", expected: broken("Frame"), hadEvents: true },
  { script: "07", says: "writes 300 MB of notifications", expected: broken("Flood"), hadEvents: true },
  {
    script: "08",
    says: "never reads its stdin, and the IR has 8 MiB",
    flow: "large",
    callTimeoutMs: 2000,
    expected: broken("CallTimeout"),
  },
  {
    script: "09",
    says: "exits in the middle of a frame",
    expected: broken("Exit", { exit_code: 0, partial: expect.stringContaining('"result":{"sta') }),
    hadEvents: true,
  },
  { script: "10", says: "answers request 999", expected: broken("UnknownId"), hadEvents: true },
  { script: "10_type", says: "answers with a text as id", expected: broken("UnknownId"), hadEvents: true },
  { script: "11", says: "gives every reply twice", expected: completed("W_REP_DUPLICATE") },
  {
    script: "12",
    says: "answers Poll after the Cancel behind it",
    flow: "endless",
    signal: "SIGINT",
    expected: { exit: 130, status: "cancelled", logs: expect.arrayContaining(["cancel"]) },
  },
  { script: "13", says: "nests a result 1,000,000 deep", expected: broken("Depth"), hadEvents: true },
  { script: "14", says: "answers with NaN", expected: broken("Json"), hadEvents: true },
  { script: "14_nul", says: "answers with NUL bytes", expected: broken("Json"), hadEvents: true },
  { script: "15", says: "begins with a BOM", expected: completed("W_REP_BOM") },
  { script: "15_crlf", says: "ends its lines with CRLF", expected: completed() },
  { script: "15_bytes", says: "writes bytes one at a time", expected: completed() },
  { script: "16", says: "writes invalid UTF-8", expected: broken("Encoding"), hadEvents: true },
  {
    script: "17",
    says: "leaves jsonrpc out, has null events and a text as summary",
    expected: { ...completed("W_REP_ENVELOPE"), outputs: { n: 1 } },
  },
  { script: "18", says: "answers with result and error", expected: broken("Envelope"), hadEvents: true },
  { script: "18_neither", says: "answers with neither", expected: broken("Envelope"), hadEvents: true },
  { script: "18_list", says: "has a list as result", expected: broken("Envelope"), hadEvents: true },
  { script: "18_batch", says: "answers with a batch", expected: broken("Envelope"), hadEvents: true },
  { script: "18_status", says: "has a status banana", expected: broken("Envelope"), hadEvents: true },
  {
    script: "19",
    says: "runs for ever",
    flow: "endless",
    runTimeoutMs: 2000,
    expected: broken("Timeout"),
    hadEvents: true,
  },
  {
    script: "20",
    says: "runs for ever and ignores Cancel and SIGTERM",
    flow: "endless",
    runTimeoutMs: 2000,
    expected: broken("Timeout"),
    hadEvents: true,
  },
  {
    script: "21",
    says: "leaves a child that keeps stdout",
    expected: broken("Exit", { exit_code: 0 }),
    hadEvents: true,
  },
  { script: "22", says: "writes 64 MiB on stderr", expected: completed() },
  {
    script: "23",
    says: "sends notifications, unknown events, events without time, other members",
    expected: { ...completed("W_REP_EVENT"), outputs: { n: 1 } },
  },
  { script: "24", says: "asks the host something", expected: completed() },
  {
    script: "25",
    says: "does not say its limits",
    expected: { exit: 3, error: { code: 1003, name: "E_REP_CAPABILITIES", blame: "protocol" } },
  },
  {
    script: "26",
    says: "lacks a kind of the flow",
    expected: {
      exit: 3,
      cause: "CapabilitiesMismatch",
      error: expect.objectContaining({ code: 1002, name: "E_CAPABILITIES_MISMATCH" }),
      logs: [],
    },
  },
  { script: "27", says: "refuses with 1001", expected: refused(3, 1001) },
  { script: "27_2001", says: "refuses with 2001", expected: refused(1, 2001) },
  { script: "27_3002", says: "refuses with 3002", expected: refused(4, 3002) },
  { script: "27_32601", says: "refuses with -32601", expected: refused(4, -32601) },
  { script: "27_42", says: "refuses with 42", expected: refused(4, 42) },
  {
    script: "28",
    says: "calls the run otherwise",
    expected: { ...completed("W_REP_RUN_ID"), outputs: { n: 1 } },
  },
  { script: "28_number", says: "calls the run by a number", expected: broken("Envelope") },
  {
    script: "29",
    says: "answers Poll with 2001",
    expected: { exit: 1, status: "failed", error: expect.objectContaining({ code: 2001 }) },
  },
  { script: "30", says: "lingers after its end", expected: completed("W_EXECUTOR_LINGER") },
  { script: "30_exit", says: "exits 5 after its end", expected: completed("W_EXECUTOR_EXIT") },
  { script: "31", says: "resets in the run", expected: broken("Reset") },
];

/** plumb itself is signalled (row 32). */
const SIGNALS: readonly Row[] = [
  {
    script: "32",
    says: "SIGTERM",
    flow: "endless",
    signal: "SIGTERM",
    expected: { exit: 143, status: "cancelled", logs: expect.arrayContaining(["cancel"]) },
    hadEvents: true,
  },
  {
    script: "32",
    says: "SIGINT",
    flow: "endless",
    signal: "SIGINT",
    expected: { exit: 130, status: "cancelled", logs: expect.arrayContaining(["cancel"]) },
    hadEvents: true,
  },
  { script: "32", says: "SIGKILL", flow: "endless", signal: "SIGKILL", graceMs: 2000, expected: { exit: 137 } },
];

/** When to send a signal is seen by the processes that are there. */
function cannotRun({ signal }: Row): boolean {
  return signal !== undefined && !MarkedProcesses.canSee;
}

let all: Map<Row | undefined, Promise<HostileOutcome>> | undefined;

/** All begin with the first that is asked for: most of their time they wait. */
function outcomeOf(row: Row | undefined): Promise<HostileOutcome> {
  all ??= startAll();
  const found = all.get(row);
  if (found === undefined) throw new Error("there is no such row");
  return found;
}

function startAll(): Map<Row | undefined, Promise<HostileOutcome>> {
  const lanes = Array.from({ length: AT_ONCE }, (): Promise<unknown> => Promise.resolve());
  const started = new Map<Row | undefined, Promise<HostileOutcome>>();
  const rows = [...ROWS, ...SIGNALS].filter((row) => !cannotRun(row));
  for (const [index, row] of [undefined, ...rows].entries()) {
    const lane = lanes[index % AT_ONCE] ?? Promise.resolve();
    const run = lane.then(() => hostileRun(row?.script, row));
    started.set(row, run);
    lanes[index % AT_ONCE] = run.catch(() => undefined);
  }
  return started;
}

describe("flows row 26: an executor that", () => {
  for (const row of ROWS) {
    test.skipIf(cannotRun(row))(`§17 row ${row.script}: ${row.says}`, async () => {
      const outcome = await outcomeOf(row);
      expect(outcome).toMatchObject(row.expected as object);
      expect(outcome.left).toEqual([]);
      if (row.hadEvents === true) expect(outcome.steps[0]).toBe("read started");
      expect(outcome.memory - (await outcomeOf(undefined)).memory).toBeLessThan(128 * MIB);
    });
  }
});

describe("more of some rows", () => {
  const row = (script: string) => ROWS.find((one) => one.script === script);

  test("§17 row 3: the call timeout is 5 s by default", async () => {
    const [{ ms }, { ms: honest }] = await Promise.all([outcomeOf(row("03")), outcomeOf(undefined)]);
    expect(ms).toBeGreaterThan(5000);
    expect(ms).toBeLessThan(5500 + 2000 + honest);
  });

  test("§17 row 19: Cancel is sent once", async () => {
    for (const script of ["19", "20"]) {
      const { logs } = await outcomeOf(row(script));
      expect(logs.filter((message) => message === "cancel")).toEqual(["cancel"]);
    }
  });

  test("§17 row 20: it is gone within 8 s of the timeout", async () => {
    const [{ ms }, { ms: honest }] = await Promise.all([outcomeOf(row("20")), outcomeOf(undefined)]);
    expect(ms).toBeLessThan(300 + 8000 + 2000 + honest);
  });

  test("§17 row 22: 200 lines of stderr are kept, and the others counted once", async () => {
    const { events } = await outcomeOf(row("22"));
    const lines = events.flatMap((event) => (event.type === "log" && event.stream === "stderr" ? [event.message] : []));
    expect(lines.filter((line) => /^x+$/.test(line))).toHaveLength(200);
    expect(events.filter((event) => event.type === "log" && event.level === "warn")).toHaveLength(1);
  });

  test("§17 row 23: unknown events are passed on", async () => {
    const { events, steps } = await outcomeOf(row("23"));
    expect(events.find(({ type }) => String(type) === "temperature")).toMatchObject({ celsius: 4 });
    expect(steps).toEqual(["read started", "read succeeded"]);
  });

  test("each script has its row", () => {
    const folder = resolve(import.meta.dir, "../../testdata/executors/hostile");
    const scripts = readdirSync(folder).map((name) => name.replace(".yaml", ""));
    expect(scripts.toSorted()).toEqual([...new Set([...ROWS, ...SIGNALS].map(({ script }) => script))].toSorted());
  });
});

describe("plumb gets", () => {
  for (const row of SIGNALS) {
    test.skipIf(cannotRun(row))(`§17 row 32: ${row.says}, and nothing of the executor is left`, async () => {
      const outcome = await outcomeOf(row);
      expect(outcome).toMatchObject(row.expected as object);
      expect(outcome.left).toEqual([]);
      if (row.hadEvents === true) expect(outcome.steps[0]).toBe("read started");
    });
  }
});
