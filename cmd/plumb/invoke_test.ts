import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { oneTarget, runPlumb, startPlumb, tempDir, writeFiles } from "../../internal/testkit/mod.ts";

const EXAMPLE = join(import.meta.dir, "../../testdata/examples/cart");
const VECTORS = join(import.meta.dir, "../../testdata/vectors");
const FLOW = "cart-example-success";

/** Actions that fail, one without a body, and one that is fine. */
const TROUBLE = `
concept: Trouble
purpose: to fail
actions:
  never: {outputs: [{case: Success, when: "0"}]}
  bodiless: {outputs: [{case: Success}]}
  fine: {outputs: [{case: Success, result: {}}]}
`;

/** A concept whose table is called like one of the cart's. */
const OTHER_CART = `
concept: Other
purpose: to get in the way
state: {CartItem: {item_id: string}}
actions: {a: {outputs: [{case: Success, result: {}}]}}
`;

describe.each(oneTarget())("plumb invoke, $name", (target) => {
  const cwd = tempDir();
  cpSync(EXAMPLE, join(cwd, "cart"), { recursive: true });
  const plumb = (args: readonly string[], stdin?: string) =>
    runPlumb(target, args, stdin === undefined ? { cwd } : { cwd, stdin });
  let logs = 0;
  const newLog = (): string => `log${logs++}.db`;
  /** Invokes on the cart's specs. */
  const invoke = (log: string, action: string, args: object | string, ...flags: string[]) =>
    plumb([
      "invoke",
      action,
      ...["--db", log, "--specs", "cart", "--args", typeof args === "string" ? args : JSON.stringify(args)],
      ...flags,
    ]);
  const traced = (log: string): string => plumb(["trace", "--db", log, "--format", "json"]).stdout;
  const checkout = (log: string, ...flags: string[]) => {
    invoke(log, "Inventory.setStock", { item_id: "widget", quantity: 10 }, "--flow", FLOW, ...flags);
    invoke(log, "Cart.addItem", { item_id: "widget", quantity: 3 }, "--flow", FLOW, ...flags);
    return invoke(log, "Cart.checkout", {}, "--flow", FLOW, ...flags);
  };

  test("scenarios row 10: text is in NFC before it is hashed", () => {
    const [first, second] = [`{"item_id":"e\\u0301","quantity":1}`, `{"item_id":"\\u00e9","quantity":1}`].map(
      (args) => {
        const { stdout, stderr, exit } = invoke(newLog(), "Cart.addItem", args, "--flow", "f");
        expect([stderr, exit]).toEqual(["", 0]);
        return JSON.parse(stdout).invocation_id;
      },
    );
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(first).toBe(second);
  });

  test("scenarios row 11: no float, null or integer beyond 64 bits; all 64 bits are kept", () => {
    const log = newLog();
    for (const [quantity, code] of [
      ["1.5", "E_VALUE_FLOAT"],
      ["2.0", "E_VALUE_FLOAT"],
      ["null", "E_VALUE_NULL"],
      ["9223372036854775808", "E_VALUE_RANGE"],
    ] as const) {
      const { stdout, stderr, exit } = invoke(log, "Cart.addItem", `{"item_id":"widget","quantity":${quantity}}`);
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toStartWith(`error[${code}]: $.quantity is ${quantity}`);
    }
    expect(existsSync(join(cwd, log))).toBe(false);
    const args = `{"item_id":"widget","quantity":9007199254740993}`;
    expect(invoke(log, "Inventory.setStock", args).exit).toBe(0);
    expect(traced(log)).toContain(`"args":${args}`);
    const db = new Database(join(cwd, log), { safeIntegers: true });
    expect(db.query("SELECT available FROM Stock").get()).toEqual({ available: 9007199254740993n });
    db.close();
  });

  test("scenarios row 30: the outcome of checkout with all it caused; the trace is the golden file's", () => {
    const log = newLog();
    const { stdout, stderr, exit } = checkout(log);
    expect([stderr, exit]).toEqual(["", 0]);
    expect(stdout).toBe(
      `{"case":"Success","fired":[{"action":"Inventory.reserve","case":"Success","invocation_id":"837f99b0e261bb6a5b6ebec0e57ca306490e022e684eaec57ac8822f7a57d9e0","result":{"reservation_id":"res-7"},"sync":"reserve-on-checkout"}],"flow_token":"cart-example-success","invocation_id":"919d5af4bf71f38733a45ba00ad8eacf4ee529abfaef0241bcbb1321d3c86c1a","result":{"order_id":"order-5","total_items":3}}\n`,
    );
    const golden = readFileSync(join(EXAMPLE, "golden/checkout_success.golden.jsonl"), "utf8").trimEnd().split("\n");
    const flow = `{"events":[${golden.slice(1).join(",")}],"flow_token":"${FLOW}","pending":0,"status":"open"}`;
    expect(traced(log)).toBe(`{"flows":[${flow}],"schema":"trace.v1"}\n`);
  });

  test("scenarios row 32: a key makes a retry safe, and is good for nothing else", () => {
    const log = newLog();
    const args = { item_id: "widget", quantity: 3 };
    const first = invoke(log, "Cart.addItem", args, "--key", "k1");
    const { flow_token } = JSON.parse(first.stdout);
    expect(invoke(log, "Cart.addItem", args, "--key", "k1")).toEqual(first);
    expect(invoke(log, "Cart.addItem", args, "--key", "k1", "--flow", flow_token)).toEqual(first);
    const before = traced(log);
    for (const [action, other, ...flags] of [
      ["Cart.addItem", { ...args, quantity: 4 }],
      ["Cart.addItem", args, "--flow", "another"],
      ["Inventory.setStock", args],
    ] as const) {
      const { stdout, stderr, exit } = invoke(log, action, other, "--key", "k1", ...flags);
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toStartWith('error[E_KEY_REUSED]: the key "k1" belongs to ');
    }
    expect(traced(log)).toBe(before);
    expect(JSON.parse(before).flows[0].events).toHaveLength(2);
  });

  test("scenarios row 37: every unit a commit, or several: the same trace", () => {
    const [group, each] = [newLog(), newLog()];
    checkout(group, "--commit", "group");
    checkout(each, "--commit", "each");
    expect(traced(group)).toContain("Inventory.reserve");
    expect(traced(each)).toBe(traced(group));
  });

  test("several at once take turns: each is there once, one after the other", async () => {
    const log = newLog();
    const args = ["invoke", "Cart.addItem", "--db", log, "--specs", "cart", "--args", '{"item_id":"w","quantity":1}'];
    const started = Array.from({ length: 4 }, (_, n) => startPlumb(target, [...args, "--flow", `f${n}`], { cwd }));
    const finished = await Promise.all(started.map((child) => child.finish()));
    expect(finished.map(({ stderr, exit }) => [stderr, exit])).toEqual(finished.map(() => ["", 0]));
    const { flows } = JSON.parse(traced(log));
    expect(flows.map(({ flow_token }: { flow_token: string }) => flow_token).sort()).toEqual(["f0", "f1", "f2", "f3"]);
    const seqs = flows.flatMap(({ events }: { events: { seq: number }[] }) => events.map(({ seq }) => seq));
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("scenarios row 36: a log of version 1 is migrated; its flows are imported, and what of them was pending stays so", () => {
    const log = newLog();
    const db = new Database(join(cwd, log));
    db.run(readFileSync(join(VECTORS, "log_schema_v1.sql"), "utf8"));
    const [first, second, third] = ["a", "b", "d"].map((digit) => digit.repeat(64));
    const meta = "'{}', 'h', 'nysm', '1'";
    db.run(`INSERT INTO invocations VALUES ('${first}', 'old', 'Cart.checkout', '{}', 1, ${meta})`);
    db.run(`INSERT INTO completions VALUES ('${second}', '${first}', 'Success', '{"total_items":1}', 2, '{}')`);
    db.run(`INSERT INTO sync_firings VALUES (1, '${second}', 'reserve-on-checkout', '${"c".repeat(64)}', 3)`);
    db.run(`INSERT INTO invocations VALUES ('${third}', 'old', 'Inventory.reserve', '{"n":1}', 3, ${meta})`);
    db.run(`INSERT INTO provenance_edges VALUES (1, 1, '${third}')`);
    db.close();
    const old = `flow old: imported, 3 events
[1] Cart.checkout {}
[2]   [1] = Success {"total_items":1}
[3] Inventory.reserve {"n":1} <- [2] reserve-on-checkout (pending)
`;
    expect(plumb(["trace", "--db", log]).stdout).toBe(old);
    const { stdout, exit } = invoke(log, "Cart.addItem", { item_id: "widget", quantity: 1 }, "--flow", "new");
    expect([exit, JSON.parse(stdout).case]).toEqual([0, "Success"]);
    expect(plumb(["trace", "--db", log]).stdout).toBe(
      `${old}flow new: open, 2 events\n[4] Cart.addItem {"item_id":"widget","quantity":1}\n[5]   [4] = Success {"item_id":"widget","new_quantity":1}\n`,
    );
    const migrated = new Database(join(cwd, log), { readonly: true });
    expect(migrated.query("PRAGMA user_version").get()).toEqual({ user_version: 2 });
    migrated.close();
    const refused = invoke(log, "Cart.checkout", {}, "--flow", "old");
    expect([refused.stdout, refused.exit]).toEqual(["", 2]);
    expect(refused.stderr).toStartWith('error[E_FLOW_CLOSED]: flow "old" is imported');
  });

  describe("what goes wrong", () => {
    writeFiles(cwd, {
      "trouble/trouble.concept.yaml": TROUBLE,
      "broken/broken.concept.yaml": TROUBLE.replace("purpose", "purpos"),
      "late.json": '{"item_id":"late","quantity":1}',
      "junk.db": "no database, whatever its name says. ".repeat(50),
      "newer.db": "",
    });
    const newer = new Database(join(cwd, "newer.db"));
    for (const file of ["log_schema_v1.sql", "log_migrate_v2.sql"]) {
      newer.run(readFileSync(join(VECTORS, file), "utf8"));
    }
    newer.run("PRAGMA user_version = 3");
    newer.close();
    const trouble = (log: string, action: string, ...flags: string[]) =>
      plumb(["invoke", `Trouble.${action}`, "--db", log, "--specs", "trouble", ...flags]);

    test("scenarios row 33: a flow that failed is closed; others are not", () => {
      const log = newLog();
      const { stdout, stderr, exit } = trouble(log, "never", "--flow", "f");
      expect(exit).toBe(1);
      const { error, ...rest } = JSON.parse(stdout);
      expect(error).toEqual({ code: "E_NO_OUTPUT", message: expect.stringContaining("Trouble.never") });
      expect(rest).toEqual({ flow_token: "f", invocation_id: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(stderr).toContain("error[E_NO_OUTPUT]: ");
      expect(stderr).toContain("--> trouble/trouble.concept.yaml:5:");
      const again = trouble(log, "fine", "--flow", "f");
      expect([again.stdout, again.exit]).toEqual(["", 2]);
      expect(again.stderr).toContain('error[E_FLOW_CLOSED]: flow "f" is failed');
      expect(trouble(log, "fine", "--flow", "g").exit).toBe(0);
    });

    test("the outcome of a key is printed again: a failure, and a success before the failure of another root", () => {
      const log = newLog();
      const fine = trouble(log, "fine", "--key", "good", "--flow", "f");
      const never = trouble(log, "never", "--key", "bad", "--flow", "f");
      expect([fine.exit, never.exit]).toEqual([0, 1]);
      expect(trouble(log, "fine", "--key", "good")).toMatchObject({ stdout: fine.stdout, exit: 0 });
      expect(trouble(log, "never", "--key", "bad")).toMatchObject({ stdout: never.stdout, exit: 1 });
    });

    test("scenarios row 44: a root beyond the quota is not in the log", () => {
      const log = newLog();
      const add = () => {
        const args = { item_id: "widget", quantity: 1 };
        return invoke(log, "Cart.addItem", args, "--max-steps", "2", "--flow", "f");
      };
      expect([add().exit, add().exit]).toEqual([0, 0]);
      const { stdout, exit } = add();
      expect(exit).toBe(1);
      const message = 'flow "f" reached its limit of 2 steps';
      expect(JSON.parse(stdout)).toEqual({ error: { code: "E_QUOTA_EXCEEDED", message }, flow_token: "f" });
      expect(JSON.parse(traced(log)).flows[0].events).toHaveLength(4);
    });

    test.each([
      ["an unknown action", ["Cart.addItm"], "E_ACTION_UNKNOWN", "Cart.addItem"],
      ["args that are no JSON", ["Cart.checkout", "--args", "{"], "E_VALUE_SYNTAX", ""],
      ["args that are no object", ["Cart.checkout", "--args", "[]"], "E_ARG_TYPE", "found an array"],
      ["an unknown arg", ["Cart.checkout", "--args", '{"n":1}'], "E_ARG_UNKNOWN", "has no arg n"],
      ["all args that are wrong", ["Cart.addItem", "--args", '{"item_id":1}'], "E_ARG_TYPE", "needs the arg quantity"],
      ["no action", [], "E_USAGE_ARGUMENT", "needs ACTION, written Concept.action, or --recover"],
      ["an empty token", ["Cart.checkout", "--flow", ""], "E_USAGE_VALUE", "--flow is empty"],
      ["an empty key", ["Cart.checkout", "--key="], "E_USAGE_VALUE", "--key is empty"],
      ["a file of args that is not there", ["Cart.checkout", "--args", "@no.json"], "E_USAGE_VALUE", "does not exist"],
      ["recovery of an action", ["Cart.checkout", "--recover"], "E_USAGE_CONFLICT", "it takes no ACTION"],
      ["recovery with a key", ["--recover", "--key", "k"], "E_USAGE_CONFLICT", "it takes no --key"],
    ])("%s: exit 2, and no file is made", (_, args, code, says) => {
      const log = newLog();
      const { stdout, stderr, exit } = plumb(["invoke", ...args, "--db", log, "--specs", "cart"]);
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toContain(`error[${code}]`);
      expect(stderr).toContain(says);
      expect(existsSync(join(cwd, log))).toBe(false);
    });

    test("an action that --specs has taken for a path is found again", () => {
      const { stderr, exit } = plumb(["invoke", "--db", "no.db", "--specs", "cart", "Cart.checkout"]);
      expect(exit).toBe(2);
      expect(stderr).toContain("help: plumb invoke Cart.checkout …, with ACTION before --specs");
    });

    test("specs with an error: they are told as `plumb check` tells them, exit 2, and no file is made", () => {
      const log = newLog();
      const { stdout, stderr, exit } = plumb(["invoke", "Trouble.fine", "--db", log, "--specs", "broken"]);
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toContain("broken/broken.concept.yaml:3:1: error E_KEY_UNKNOWN ");
      expect(existsSync(join(cwd, log))).toBe(false);
      const bodiless = trouble(log, "bodiless");
      expect(bodiless).toMatchObject({ stdout: "", exit: 2 });
      expect(bodiless.stderr).toContain("error[E_ACTION_UNIMPLEMENTED]: Trouble.bodiless has no body");
      expect(existsSync(join(cwd, log))).toBe(false);
    });

    test("warnings of specs are told on stderr, unless --quiet", () => {
      const { stderr } = trouble(newLog(), "fine");
      expect(stderr).toMatch(/^trouble\/trouble\.concept\.yaml:6:\d+: warning W_SPEC_UNIMPLEMENTED /m);
      expect(trouble(newLog(), "fine", "--quiet").stderr).toBe("");
    });

    test.each([
      ["in no folder", "no/log.db", "E_STORE_OPEN", "no/log.db cannot be made: its folder does not exist"],
      ["no log", "junk.db", "E_STORE_FORMAT", "junk.db is not an event log"],
      ["of a newer plumb", "newer.db", "E_STORE_VERSION", "newer.db is an event log of version 3"],
      ["a folder", "cart", "E_STORE_OPEN", "cart is not a regular file"],
    ])("a log that is %s: exit 2, untouched", (_, log, code, says) => {
      const path = join(cwd, log);
      const bytes = () => (existsSync(path) && log !== "cart" ? readFileSync(path, "hex") : log);
      const before = bytes();
      const { stdout, stderr, exit } = invoke(log, "Cart.checkout", {});
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toContain(`error[${code}]: ${says}`);
      expect(bytes()).toBe(before);
      expect(existsSync(`${path}.lock`)).toBe(false);
    });

    test("a damaged log: exit 2, wherever the damage is met", () => {
      const log = newLog();
      checkout(log);
      const path = join(cwd, log);
      const whole = readFileSync(path);
      const says: string[] = [];
      for (let page = 1; page < whole.length / 4096; page += 3) {
        for (const suffix of ["-wal", "-shm"]) rmSync(path + suffix, { force: true });
        writeFileSync(path, Buffer.from(whole).fill(0x5a, page * 4096, (page + 1) * 4096));
        const { stdout, stderr, exit } = invoke(log, "Cart.checkout", {}, "--flow", FLOW);
        if (exit === 0) continue; // an index that nothing asks
        expect([stdout, exit]).toEqual(["", 2]);
        says.push(stderr);
      }
      expect(says.length).toBeGreaterThan(0);
      for (const said of says) expect(said).toStartWith(`error[E_STORE_FORMAT]: ${log} is damaged`);
    });

    test("state tables that the log has otherwise: E_STATE_SCHEMA", () => {
      const log = newLog();
      invoke(log, "Cart.checkout", {});
      writeFiles(cwd, { "other/cart.concept.yaml": OTHER_CART });
      const { stdout, stderr, exit } = plumb(["invoke", "Other.a", "--db", log, "--specs", "other"]);
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toContain(`error[E_STATE_SCHEMA]: ${log} has a table CartItem`);
    });

    test("a disk that takes no more: exit 2, nothing on stdout, and what was told before is there", () => {
      const log = newLog();
      const { stdout: told } = invoke(log, "Cart.addItem", { item_id: "widget", quantity: 1 }, "--flow", "f");
      const args = [...target.argv, "invoke", "Cart.addItem", "--db", log, "--specs", "cart", "--args", "@large.json"];
      writeFiles(cwd, { "large.json": JSON.stringify({ item_id: "x".repeat(400_000), quantity: 1 }) });
      // A limit on files in blocks of 512 bytes; without the trap the system would end the process.
      const script = `trap '' XFSZ; ulimit -f 700; exec "$@"`;
      const limited = Bun.spawnSync(["sh", "-c", script, "sh", ...args], { cwd });
      expect([limited.stdout.toString(), limited.exitCode]).toEqual(["", 2]);
      expect(limited.stderr.toString()).toContain(`error[E_STORE_WRITE]: ${log} cannot be`);
      const { invocation_id } = JSON.parse(told);
      expect(JSON.parse(traced(log)).flows).toMatchObject([{ events: [{ id: invocation_id }, {}] }]);
      expect(existsSync(join(cwd, `${log}.lock`))).toBe(false);
    });

    test("a crash point that is none is refused", () => {
      const log = newLog();
      const args = ["invoke", "Cart.checkout", "--db", log, "--specs", "cart"];
      const { stderr, exit } = runPlumb(target, args, { cwd, env: { PLUMB_CRASH_AT: "later:1" } });
      expect(exit).toBe(2);
      expect(stderr).toContain("PLUMB_CRASH_AT: expected before:N or after:N");
      expect(existsSync(join(cwd, log))).toBe(false);
    });

    test("args come from a file and from stdin too", () => {
      const log = newLog();
      const sent = [
        invoke(log, "Cart.addItem", "@late.json"),
        plumb(
          ["invoke", "Cart.addItem", "--db", log, "--specs", "cart", "--args", "-"],
          '{"item_id":"later","quantity":2}',
        ),
      ];
      expect(sent.map(({ stdout }) => JSON.parse(stdout).result.item_id)).toEqual(["late", "later"]);
    });
  });
});
