import { Database } from "bun:sqlite";
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openReader } from "../../internal/store/mod.ts";
import { oneTarget, runPlumb, startPlumb, tempDir, writeFiles } from "../../internal/testkit/mod.ts";
import { eventJson } from "../../internal/trace/mod.ts";
import { seededRng, wall } from "../../internal/world/mod.ts";

// Every command is a process of its own, and machines may be busy.
setDefaultTimeout(60_000);

// A kill at any moment of `plumb invoke` loses nothing that was acknowledged, and what is left to do is done once (scenarios.md §5).

/** What the system makes of SIGKILL. */
const KILLED = 137;

const EXAMPLE = join(import.meta.dir, "../../testdata/examples/cart");

/** Two syncs, one of them with two invocations, until n is 200: 1202 events and as many effects. */
const COUNTING = `
concept: Count
purpose: to give a kill something to hit
state:
  Seen: {n: int}
  Noted: {key: n, fields: {n: int, times: int}}
actions:
  up:
    args: {n: int}
    outputs:
      - {case: Done, when: ":n >= 200"}
      - {case: Success, fields: {n: int}, effects: ["INSERT INTO Seen VALUES (:n)"], result: {n: ":n + 1"}}
  note:
    args: {n: int}
    outputs:
      - {case: Success, effects: ["INSERT INTO Noted VALUES (:n, 1)"]}
  check:
    args: {n: int}
    outputs:
      - {case: Success, effects: ["UPDATE Noted SET times = times + 1 WHERE n = :n"]}
---
sync: go-on
when: {action: Count.up, case: Success, bind: {n: output.n}}
then:
  - {action: Count.up, args: {n: bound.n}}
  - {action: Count.note, args: {n: bound.n}}
---
sync: check-note
when: {action: Count.note, case: Success, bind: {n: args.n}}
then: {action: Count.check, args: {n: bound.n}}
`;

const NEVER = `
concept: Never
purpose: to fail
actions:
  ends: {outputs: [{case: Success, when: "0"}]}
`;

/** The events of a log as they are committed, each as a line; none where no log is yet. */
function events(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    const log = openReader(path);
    try {
      return log.reader.flows().flatMap((flow) => log.reader.trace(flow).events.map(eventJson));
    } finally {
      log.close();
    }
  } catch (error) {
    // Killed before the log was made, or had its tables.
    expect(error).toMatchObject({ code: "E_STORE_FORMAT" });
    return [];
  }
}

/** Every row of every table, but for the wall time of the root. */
function rows(path: string): Record<string, unknown[]> {
  const db = new Database(path, { readonly: true });
  try {
    const tables = db.query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    return Object.fromEntries(
      tables.all().map(({ name }) => [
        name,
        db
          .query<Record<string, unknown>, []>(`SELECT * FROM ${name}`)
          .all()
          .map(({ at_ms: _, ...row }) => JSON.stringify(row))
          .sort(),
      ]),
    );
  } finally {
    db.close();
  }
}

describe.each(oneTarget())("a killed plumb invoke, $name", (target) => {
  const cwd = tempDir();
  cpSync(EXAMPLE, join(cwd, "cart"), { recursive: true });
  writeFiles(cwd, { "count/count.concept.yaml": COUNTING, "never/never.concept.yaml": NEVER });
  const plumb = (args: readonly string[], env: Record<string, string> = {}) => runPlumb(target, args, { cwd, env });
  const cart = ["--specs", "cart", "--flow", "breadth-first"];
  const invoke = (log: string, action: string, args: object) =>
    plumb(["invoke", action, "--db", log, ...cart, "--args", JSON.stringify(args)]);
  const recover = (log: string) => plumb(["invoke", "--recover", "--db", log, "--specs", "cart"]);
  const traced = (log: string): string => plumb(["trace", "--db", log, "--format", "json"]).stdout;

  invoke("base.db", "Inventory.setStock", { item_id: "widget", quantity: 10 });
  invoke("base.db", "Inventory.setStock", { item_id: "gadget", quantity: 1 });
  invoke("base.db", "Cart.addItem", { item_id: "widget", quantity: 3 });
  invoke("base.db", "Cart.addItem", { item_id: "gadget", quantity: 2 });
  const checkout = (log: string, crashAt?: string) => {
    cpSync(join(cwd, "base.db"), join(cwd, log));
    const env = crashAt === undefined ? {} : { PLUMB_CRASH_AT: crashAt };
    return plumb(["invoke", "Cart.checkout", "--db", log, ...cart], env);
  };
  checkout("whole.db");
  const whole = traced("whole.db");
  const lines = events(join(cwd, "whole.db"));

  test("scenarios row 20: breadth first, and the shortage's report", () => {
    expect(lines).toHaveLength(16);
    const order = lines.slice(8).map((line) => {
      const { action_uri, output_case = "", args, seq } = JSON.parse(line);
      return `${seq} ${action_uri} ${output_case}${args?.item_id ?? ""}`.trim();
    });
    expect(order).toEqual([
      "9 Cart.checkout",
      "10 Cart.checkout Success",
      "11 Inventory.reserve gadget",
      "12 Inventory.reserve widget",
      "13 Inventory.reserve InsufficientStock",
      "14 Cart.recordShortage gadget",
      "15 Inventory.reserve Success",
      "16 Cart.recordShortage Success",
    ]);
  });

  // From source, which takes four times as long, only some.
  const commits = target.name === "source" ? [1, 4, 9] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const points = commits.flatMap((n) => [`before:${n}`, `after:${n}`]);
  test.each(points)("scenarios rows 31 and 35: at commit %s, recovery makes the log of an undisturbed run", (point) => {
    const log = `${point.replace(":", "-")}.db`;
    const path = join(cwd, log);
    expect(checkout(log, point)).toMatchObject({ stdout: "", exit: KILLED });
    const bytes = readFileSync(path);
    const left = events(path);
    expect(left).toEqual(lines.slice(0, left.length));
    if (point === "before:4") {
      expect(plumb(["trace", "--db", log]).stdout).toEndWith(" (pending)\n");
      expect(plumb(["trace", "--db", log, "--why", JSON.parse(left.at(-1) ?? "").id]).exit).toBe(0);
    }
    expect(readFileSync(path).equals(bytes)).toBe(true);
    const { stdout, stderr, exit } = recover(log);
    expect([stderr, exit]).toEqual(["", 0]);
    const { completions, invocations, failed_flows } = JSON.parse(stdout).recovered;
    if (point === "before:1") {
      expect([left.length, completions, invocations]).toEqual([8, 0, 0]);
      expect(events(path)).toEqual(lines.slice(0, 8));
    } else {
      expect([left.length + completions + invocations, failed_flows]).toEqual([16, 0]);
      expect(traced(log)).toBe(whole);
      expect(rows(path)).toEqual(rows(join(cwd, "whole.db")));
    }
  });

  test.each(["before:1", "after:1", "before:2"])("at %s of a log that is not there yet, a retry begins it", (point) => {
    const log = `new-${point.replace(":", "-")}.db`;
    const args = ["invoke", "Cart.addItem", "--db", log, ...cart, "--args", '{"item_id":"widget","quantity":1}'];
    expect(plumb(args, { PLUMB_CRASH_AT: point })).toMatchObject({ stdout: "", exit: KILLED });
    expect(events(join(cwd, log))).toEqual([]);
    expect(plumb(args)).toMatchObject({ stderr: "", exit: 0 });
    expect(events(join(cwd, log))).toHaveLength(2);
  });

  test("a flow that fails during recovery is a warning, and stops nothing else", () => {
    const failing = (flow: string) => ["invoke", "Never.ends", "--db", "fails.db", "--specs", "never", "--flow", flow];
    expect(plumb(failing("f"), { PLUMB_CRASH_AT: "after:2" })).toMatchObject({ stdout: "", exit: KILLED });
    const { stdout, stderr, exit } = plumb(["invoke", "--recover", "--db", "fails.db", "--specs", "never"]);
    expect([stdout, exit]).toEqual(['{"recovered":{"completions":0,"failed_flows":1,"invocations":0}}\n', 0]);
    expect(stderr).toStartWith('warning[W_RECOVERY_FLOW_FAILED]: flow "f" failed during recovery: E_NO_OUTPUT: ');
    expect(plumb(failing("f")).stderr).toContain('error[E_FLOW_CLOSED]: flow "f" is failed');
    expect(plumb(failing("g")).exit).toBe(1);
  });

  const count = (log: string): string[] => [
    ...["invoke", "Count.up", "--db", log, "--specs", "count", "--quiet"],
    ...["--args", '{"n":0}', "--flow", "f", "--key", "k"],
  ];
  const kills = Number(process.env.PLUMB_KILLS ?? 10);
  test(`at ${kills} random moments, again and again, the log becomes that of an undisturbed run`, async () => {
    const begun = wall.monotonicMs();
    const undisturbed = plumb(count("count.db"));
    const took = wall.monotonicMs() - begun;
    expect(undisturbed.exit).toBe(0);
    const expected = events(join(cwd, "count.db"));
    expect(expected).toHaveLength(1202);
    const rng = seededRng(target.name.length);
    const moments = { from: 0, to: took };
    let done = 0;
    for (let round = 0; done < kills; round++) {
      const log = `random-${round}.db`;
      const path = join(cwd, log);
      for (let left: readonly string[] = []; done < kills && left.length < expected.length; done++) {
        const child = startPlumb(target, count(log), { cwd });
        const finished = child.finish();
        const moment = moments.from + (moments.to - moments.from) * rng.next();
        // There is nothing to wait for: any moment will do.
        await Bun.sleep(moment);
        child.signal("SIGKILL");
        const { stdout } = await finished;
        const before = left.length;
        left = events(path);
        expect(left).toEqual(expected.slice(0, left.length));
        expect(left.length).toBeGreaterThanOrEqual(before);
        if (stdout !== "") expect([stdout, left.length]).toEqual([undisturbed.stdout, expected.length]);
        // Kills before the first commit and after the last one say little: aim between, and follow a machine that changes.
        moments.from = left.length === before ? moment : moments.from * 0.9;
        moments.to = left.length === expected.length ? Math.max(moment, moments.from + 1) : moments.to * 1.1;
      }
      expect(plumb(count(log))).toEqual(undisturbed);
      expect(rows(path)).toEqual(rows(join(cwd, "count.db")));
    }
  }, 600_000);
});
