import { Database } from "bun:sqlite";
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { oneTarget, runPlumb, tempDir } from "../../internal/testkit/mod.ts";

// Every command is a process of its own, and machines may be busy.
setDefaultTimeout(60_000);

const EXAMPLE = join(import.meta.dir, "../../testdata/examples/cart");
const FLOW = "cart-example-success";

describe.each(oneTarget())("plumb replay, $name", (target) => {
  const cwd = tempDir();
  for (const folder of ["cart", "changed", "wider"]) cpSync(EXAMPLE, join(cwd, folder), { recursive: true });
  const edit = (file: string, from: string, to: string): void => {
    const path = join(cwd, file);
    const text = readFileSync(path, "utf8");
    expect(text).toContain(from);
    writeFileSync(path, text.replaceAll(from, to));
  };
  edit("changed/inventory.concept.yaml", "'res-'", "'rsv-'");
  edit("wider/inventory.concept.yaml", "purpose: ", "purpose: more of ");

  const plumb = (args: readonly string[], env: Record<string, string> = {}) => runPlumb(target, args, { cwd, env });
  const invoke = (log: string, action: string, args: object, flow: string, ...flags: string[]) =>
    plumb([
      "invoke",
      action,
      ...["--db", log, "--specs", "cart", "--flow", flow, "--args", JSON.stringify(args)],
      ...flags,
    ]);
  const replay = (log: string, specs: string, ...flags: string[]) =>
    plumb(["replay", "--db", log, "--specs", specs, ...flags]);

  invoke("shop.db", "Inventory.setStock", { item_id: "widget", quantity: 10 }, FLOW);
  invoke("shop.db", "Cart.addItem", { item_id: "widget", quantity: 3 }, FLOW);
  invoke("shop.db", "Cart.checkout", {}, FLOW);

  test("scenarios row 34: the same specs are IDENTICAL, and the file's bytes do not change", () => {
    const before = readFileSync(join(cwd, "shop.db"));
    expect(replay("shop.db", "cart")).toEqual({
      stdout: "replay: 8 events in 1 flow: IDENTICAL\n",
      stderr: "",
      exit: 0,
    });
    expect(replay("shop.db", "cart", "--json")).toEqual({
      stdout: '{"diverged":null,"events":8,"flows":1,"identical":true,"pending":0,"taken":0}\n',
      stderr: "",
      exit: 0,
    });
    expect(readFileSync(join(cwd, "shop.db")).equals(before)).toBe(true);
  });

  test("scenarios row 34: changed specs diverge where they do something else", () => {
    const { stdout, stderr, exit } = replay("shop.db", "changed");
    expect(exit).toBe(1);
    expect(stderr).toContain("warning[W_SPEC_CHANGED]: ");
    expect(stderr).toContain(`error[E_REPLAY_DIVERGED]: the replay differs from the log at event 8 of flow ${FLOW}`);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.slice(0, 2)).toEqual([
      `replay: DIVERGED at event 8 of flow ${FLOW} (7 events equal)`,
      "first difference (- expected, + actual)",
    ]);
    expect(lines.slice(2, 7).map((line) => line.slice(0, 35))).toEqual(
      [
        '  {"action_uri":"Cart.checkout","arg',
        '  {"action_uri":"Cart.checkout","id"',
        '  {"action_uri":"Inventory.reserve",',
        '- {"action_uri":"Inventory.reserve",',
        '+ {"action_uri":"Inventory.reserve",',
      ].map((line) => line.slice(0, 35)),
    );
    expect(lines.at(-1)).toBe('$.result.reservation_id: expected "res-7", got "rsv-7"');
    const json = replay("shop.db", "changed", "--json");
    expect(json.exit).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      diverged: { flow_token: FLOW, index: 8, actual: { seq: 8 }, expected: { result: { reservation_id: "res-7" } } },
      events: 8,
      identical: false,
    });
  });

  test("specs that say the same in other bytes are IDENTICAL with W_SPEC_CHANGED", () => {
    const { stdout, stderr, exit } = replay("shop.db", "wider");
    expect([stdout, exit]).toEqual(["replay: 8 events in 1 flow: IDENTICAL\n", 0]);
    expect(stderr).toStartWith("warning[W_SPEC_CHANGED]: ");
  });

  test("an action that the specs have no more: the events that are missing are told", () => {
    const { stdout, exit } = replay("shop.db", "cart/cart.concept.yaml");
    expect(exit).toBe(1);
    expect(stdout).toStartWith(`replay: DIVERGED at event 1 of flow ${FLOW} (0 events equal)\n`);
    const json = JSON.parse(replay("shop.db", "cart/cart.concept.yaml", "--json").stdout);
    expect(json.diverged.expected.action_uri).toBe("Inventory.setStock");
  });

  test("--flow limits what is compared, not what is executed", () => {
    const log = "flows.db";
    invoke(log, "Inventory.setStock", { item_id: "widget", quantity: 10 }, "a");
    invoke(log, "Cart.addItem", { item_id: "widget", quantity: 3 }, "b");
    invoke(log, "Cart.checkout", {}, "b");
    expect(replay(log, "cart").stdout).toBe("replay: 8 events in 2 flows: IDENTICAL\n");
    expect(replay(log, "cart", "--flow", "b").stdout).toBe("replay: 6 events in 1 flow: IDENTICAL\n");
    expect(replay(log, "changed", "--flow", "a")).toMatchObject({ exit: 0 });
    expect(replay(log, "changed", "--flow", "b").stdout).toStartWith("replay: DIVERGED at event 6 of flow b ");
  });

  test("scenarios row 39: what an assumption or a stub answered is taken from the log, whatever the specs say now", () => {
    const log = "taken.db";
    cpSync(join(cwd, "shop.db"), join(cwd, log));
    const db = new Database(join(cwd, log));
    // What `plumb test --record` leaves of a stubbed setStock and an assumed reserve.
    db.run("UPDATE completions SET assumed = 2 WHERE seq = 2");
    db.run("UPDATE completions SET assumed = 1 WHERE seq = 8");
    db.close();
    expect(replay(log, "changed").stdout).toBe("replay: 8 events in 1 flow: IDENTICAL (2 taken from the log)\n");
    expect(JSON.parse(replay(log, "changed", "--json").stdout)).toMatchObject({ identical: true, taken: 2 });
    const assumed = plumb(["trace", "--db", log])
      .stdout.split("\n")
      .filter((line) => line.endsWith(" (assumed)"));
    expect(assumed).toEqual(['[8]   [7] = Success {"reservation_id":"res-7"} (assumed)']);
    const both = plumb(
      ["invoke", "Cart.checkout", "--db", log, "--specs", "cart", "--flow", FLOW, "--commit", "each"],
      {
        PLUMB_CRASH_AT: "after:1",
      },
    );
    expect(both.stdout).toBe("");
    expect(replay(log, "changed").stdout).toBe(
      "replay: 9 events in 1 flow: IDENTICAL (1 pending, 2 taken from the log)\n",
    );
  });

  test("a log of version 1 is compared but for what it does not have, also when it has been migrated", () => {
    const log = "version1.db";
    const db = new Database(join(cwd, log));
    db.run(readFileSync(join(import.meta.dir, "../../testdata/vectors/log_schema_v1.sql"), "utf8"));
    db.run(`ATTACH '${join(cwd, "shop.db")}' AS shop`);
    for (const table of ["invocations", "completions", "sync_firings", "provenance_edges"]) {
      const sql = `SELECT group_concat(name) AS names FROM pragma_table_info('${table}', 'main')`;
      const names = db.query<{ names: string }, []>(sql).get()?.names;
      db.run(`INSERT INTO main.${table} (${names}) SELECT ${names} FROM shop.${table}`);
    }
    db.close();
    const identical = "replay: 8 events in 1 flow: IDENTICAL\n";
    expect(replay(log, "cart")).toEqual({ stdout: identical, stderr: "", exit: 0 });
    expect(replay(log, "changed").stdout).toStartWith(`replay: DIVERGED at event 8 of flow ${FLOW} `);
    invoke(log, "Cart.addItem", { item_id: "widget", quantity: 1 }, "new");
    expect(replay(log, "cart", "--flow", FLOW).stdout).toBe(identical);
    expect(plumb(["trace", "--db", log, "--flow", FLOW]).stdout).toStartWith(`flow ${FLOW}: imported, 8 events\n`);
  });

  test("what a crash left pending is no divergence", () => {
    const log = "crashed.db";
    invoke(log, "Inventory.setStock", { item_id: "widget", quantity: 10 }, "f");
    invoke(log, "Cart.addItem", { item_id: "widget", quantity: 3 }, "f");
    const args = ["invoke", "Cart.checkout", "--db", log, "--specs", "cart", "--flow", "f"];
    expect(plumb(args, { PLUMB_CRASH_AT: "after:3" }).stdout).toBe("");
    expect(replay(log, "cart").stdout).toBe("replay: 7 events in 1 flow: IDENTICAL (1 pending)\n");
    expect(JSON.parse(replay(log, "cart", "--json").stdout)).toMatchObject({ identical: true, pending: 1 });
  });

  test("scenarios row 44: a recorded quota stands if the flow is full, and only then", () => {
    const log = "quota.db";
    const add = () => invoke(log, "Cart.addItem", { item_id: "widget", quantity: 1 }, "f", "--max-steps", "2").exit;
    expect([add(), add(), add()]).toEqual([0, 0, 1]);
    expect(replay(log, "cart", "--max-steps", "2").stdout).toBe("replay: 4 events in 1 flow: IDENTICAL\n");
    const { stdout, stderr, exit } = replay(log, "cart");
    expect(exit).toBe(1);
    expect(stderr).toContain("give --max-steps as the runs that wrote the log had it");
    expect(stdout).toStartWith("replay: DIVERGED at event 5 of flow f (4 events equal)\n");
    expect(stdout).toEndWith("\n- the flow failed: E_QUOTA_EXCEEDED\n+ the flow is open\n");
  });

  test.each([
    ["a missing file", ["--db", "no.db", "--specs", "cart"], "E_STORE_MISSING", "no.db does not exist"],
    ["a folder", ["--db", "cart", "--specs", "cart"], "E_STORE_OPEN", "cart is not a regular file"],
    ["an unknown flow", ["--db", "shop.db", "--specs", "cart", "--flow", "no"], "E_FLOW_UNKNOWN", 'no flow "no"'],
    ["no log", ["--specs", "cart"], "E_USAGE_ARGUMENT", "--db FILE is missing"],
    ["no specs", ["--db", "shop.db"], "E_USAGE_ARGUMENT", "--specs PATH… is missing"],
  ])("scenarios row 35: %s: exit 2, and no file is made", (_, args, code, says) => {
    // What SQLite leaves beside a file is its own.
    const names = () => readdirSync(cwd).filter((name) => !/-(wal|shm)$/.test(name));
    const files = names();
    const { stdout, stderr, exit } = plumb(["replay", ...args]);
    expect([stdout, exit]).toEqual(["", 2]);
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(says);
    expect(names()).toEqual(files);
    expect(existsSync(join(cwd, "no.db"))).toBe(false);
  });
});
