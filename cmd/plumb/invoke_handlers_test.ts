import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { oneTarget, runPlumb, startPlumb, tempFiles } from "../../internal/testkit/mod.ts";
import { wall } from "../../internal/world/mod.ts";

// Every command is a process of its own, and machines may be busy.
setDefaultTimeout(60_000);

const SHELL = Bun.which("sqlite3");

const CONCEPT = `
concept: Desk
purpose: to have things done by hand
handlers: desk.ts
state:
  Sheet: {key: n, fields: {n: int}}
actions:
  file: {args: {n: int}, outputs: [{case: Success, effects: ["INSERT INTO Sheet VALUES (:n)"]}]}
  wait: {outputs: [{case: Success, fields: {sheets: int}}]}
  spin: {outputs: [{case: Success}]}
  time: {outputs: [{case: Success, fields: {ms: int}}]}
  say: {outputs: [{case: Success}]}
`;

/** `wait` says that it has begun by a file, and goes on when there is another one. */
const HANDLERS = `
import { existsSync, writeFileSync } from "node:fs";
const at = (name) => import.meta.dir + "/" + name;
export async function wait(args, { db }) {
  writeFileSync(at("began"), "");
  while (!existsSync(at("go"))) await new Promise((resolve) => setTimeout(resolve, 5));
  return { case: "Success", result: { sheets: db.get("SELECT count(*) AS n FROM Sheet").n } };
}
export function spin() {
  while (true);
}
export const time = (args, { clock }) => ({ case: "Success", result: { ms: clock.now() } });
export function say() {
  console.log("heard", process.env.HOME !== undefined);
  return { case: "Success" };
}
`;

describe.each(oneTarget())("plumb invoke with handlers, $name", (target) => {
  const desk = () => {
    const cwd = tempFiles({ "desk/desk.concept.yaml": CONCEPT, "desk/desk.ts": HANDLERS });
    const log = ["--db", "desk.db", "--specs", "desk"];
    const plumb = (...args: string[]) => runPlumb(target, args, { cwd });
    return {
      cwd,
      plumb,
      /** Every unit is a commit of its own, so that the root is in the log before its handler is called. */
      invoke: (action: string, args: object, ...flags: string[]) =>
        plumb("invoke", `Desk.${action}`, ...log, "--args", JSON.stringify(args), "--commit", "each", ...flags),
      recover: () => plumb("invoke", "--recover", ...log),
      traced: () => plumb("trace", "--db", "desk.db"),
      replay: () => plumb("replay", ...log),
      /** Invokes `wait`, and comes back when its handler is called. */
      async startWait() {
        const args = ["invoke", "Desk.wait", ...log, "--flow", "w", "--commit", "each", "--timeout", "60000"];
        const child = startPlumb(target, args, { cwd });
        while (!existsSync(join(cwd, "desk/began"))) await Bun.sleep(5);
        return child;
      },
      go: () => writeFileSync(join(cwd, "desk/go"), ""),
    };
  };

  test("scenarios row 38: while a handler runs, readers read, and a second writer waits 5 s; a killed one's lock is free", async () => {
    const { cwd, invoke, startWait, traced, replay, go, plumb } = desk();
    expect(invoke("file", { n: 1 }, "--flow", "f").exit).toBe(0);
    const waiting = await startWait();
    const lines = traced().stdout.trimEnd().split("\n");
    expect(lines.slice(-2)).toEqual(["flow w: open, 1 events", "[3] Desk.wait {} (pending)"]);
    expect(replay()).toMatchObject({ stdout: "replay: 3 events in 2 flows: IDENTICAL (1 pending)\n", exit: 0 });
    if (SHELL !== null) {
      const sql = "SELECT count(*) FROM invocations";
      const { stdout } = Bun.spawnSync([SHELL, "-cmd", ".timeout 0", "desk.db", sql], { cwd });
      expect(stdout.toString()).toBe("2\n");
    }
    const begun = wall.monotonicMs();
    const second = invoke("file", { n: 2 });
    expect(wall.monotonicMs() - begun).toBeGreaterThanOrEqual(5000);
    expect([second.stdout, second.exit]).toEqual(["", 2]);
    expect(second.stderr).toContain("error[E_STORE_BUSY]: desk.db is being written by process ");
    waiting.signal("SIGKILL");
    expect(await waiting.finish()).toMatchObject({ stdout: "", exit: 137 });
    expect(existsSync(join(cwd, "desk.db.lock"))).toBe(true);
    go();
    expect(invoke("file", { n: 3 }).exit).toBe(0);
    expect(plumb("trace", "--db", "desk.db", "--flow", "w").stdout).toBe(
      'flow w: open, 2 events\n[3] Desk.wait {}\n[4]   [3] = Success {"sheets":1}\n',
    );
    expect(replay().stdout).toBe("replay: 6 events in 3 flows: IDENTICAL\n");
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends it at once with exit %i, and the log recovers", async (signal, code) => {
    const { startWait, go, recover, traced } = desk();
    const waiting = await startWait();
    waiting.signal(signal);
    expect(await waiting.finish()).toEqual({ stdout: "", stderr: "", exit: code });
    go();
    expect(recover()).toMatchObject({
      stdout: '{"recovered":{"completions":1,"failed_flows":0,"invocations":0}}\n',
      exit: 0,
    });
    expect(traced().stdout).toEndWith('[2]   [1] = Success {"sheets":0}\n');
  });

  test.each([
    ["each", 1],
    ["group", 0],
  ] as const)(
    "scenarios row 42: a handler that holds its thread ends the command; --commit %s",
    (commit, recovered) => {
      const { cwd, invoke, recover, replay, plumb } = desk();
      expect(invoke("file", { n: 1 }, "--flow", "f").exit).toBe(0);
      const { stdout, stderr, exit } = plumb(
        ...["invoke", "Desk.spin", "--db", "desk.db", "--specs", "desk", "--flow", "f"],
        ...["--watchdog", "500", "--commit", commit],
      );
      expect(exit).toBe(1);
      const message = "Desk.spin: the handler spin of desk.ts has not returned after 500 ms";
      expect(JSON.parse(stdout)).toEqual({ error: { code: "E_WORKER_HANG", message }, flow_token: "f" });
      expect(stderr).toContain(`error[E_WORKER_HANG]: ${message}`);
      expect(existsSync(join(cwd, "desk.db.lock"))).toBe(false);
      const module = join(cwd, "desk/desk.ts");
      writeFileSync(module, readFileSync(module, "utf8").replace("while (true);", 'return { case: "Success" };'));
      expect(JSON.parse(recover().stdout).recovered.completions).toBe(recovered);
      const { stdout: said, exit: same } = replay();
      expect([said, same]).toEqual([`replay: ${2 + 2 * recovered} events in 1 flow: IDENTICAL\n`, 0]);
    },
  );

  test.each([
    ["throws", 'throw new Error("top");', "desk.ts cannot be loaded: top"],
    ["waits for ever", "await new Promise(() => {});", "desk.ts has not loaded after 300 ms"],
  ])("a module that %s while it is loaded is E_SPEC_HANDLER, and no flow is closed by it", (_, text, message) => {
    const { cwd, invoke, recover, replay, traced } = desk();
    expect(invoke("file", { n: 1 }, "--flow", "f").exit).toBe(0);
    const module = join(cwd, "desk/desk.ts");
    writeFileSync(module, `${HANDLERS}${text}\n`);
    const refused = invoke("time", {}, "--flow", "f", "--watchdog", "300");
    expect([refused.stdout, refused.exit]).toEqual(["", 2]);
    expect(refused.stderr).toContain(`desk/desk.concept.yaml:4:11: error E_SPEC_HANDLER ${message}`);
    if (message.includes("top")) for (const other of [recover(), replay()]) expect(other.exit).toBe(2);
    writeFileSync(module, HANDLERS);
    expect(traced().stdout).toStartWith("flow f: open, 2 events\n");
    expect(invoke("time", {}, "--flow", "f").exit).toBe(0);
  });

  test("a hang during recovery names the flow that hangs", () => {
    const { invoke, plumb } = desk();
    invoke("spin", {}, "--flow", "f", "--watchdog", "300");
    const flags = ["--db", "desk.db", "--specs", "desk", "--watchdog", "300"];
    const { stdout, exit } = plumb("invoke", "--recover", ...flags);
    expect([exit, JSON.parse(stdout).flow_token]).toEqual([1, "f"]);
  });

  test("the time of a root is recorded, and a replay has it again", () => {
    const { invoke, replay } = desk();
    const before = wall.nowMs();
    const { ms } = JSON.parse(invoke("time", {}).stdout).result;
    expect(ms).toBeGreaterThanOrEqual(before);
    expect(ms).toBeLessThanOrEqual(wall.nowMs());
    expect(replay().stdout).toBe("replay: 2 events in 1 flow: IDENTICAL\n");
  });

  test("scenarios row 43: handlers may use the host; what they print goes to stderr", () => {
    const { invoke } = desk();
    const { stdout, stderr, exit } = invoke("say", {}, "--flow", "f");
    expect([stderr, exit]).toEqual(["heard true\n", 0]);
    expect(stdout.split("\n")).toHaveLength(2);
  });

  test("a handler over its time fails the flow", () => {
    const { invoke } = desk();
    const { stdout, exit } = invoke("wait", {}, "--timeout", "100");
    expect([exit, JSON.parse(stdout).error.code]).toEqual([1, "E_ACTION_TIMEOUT"]);
  });
});
