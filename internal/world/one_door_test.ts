import { describe, expect, test } from "bun:test";
import { join } from "node:path";

/** What reads a wall clock, sleeps, draws random numbers or mints tokens. `new Date(ms)` computes and may stand anywhere. */
const DOORS = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bperformance\.(now|timeOrigin)\b/,
  /\bprocess\.(hrtime|uptime)\b/,
  /\bBun\.(sleep|sleepSync|nanoseconds|randomUUIDv[57])\b/,
  /\b(setTimeout|setInterval|setImmediate)\s*\(/,
  /\bAtomics\.wait/,
  /\bMath\.random\b/,
  /\b(getRandomValues|randomUUID|randomBytes|randomInt)\b/,
];

/** The door itself, and who may call what it offers under the same name. */
const ALLOWED: Record<string, string> = {
  "internal/user_modules/mailbox.ts": "waits for the other thread, as long as the watchdog allows",
  "internal/ts_workers/guard_nondeterminism.ts": "names what it forbids",
  "internal/cli/output.ts": "waits a millisecond for the reader of a full pipe: part of no run",
  "internal/store/pause.ts": "waits for the writer lock of another process: part of no run",
  "internal/world/wall.ts": "the door",
  "internal/world/alarms.ts": "calls back when time has passed",
  "internal/world/fixed_wall.ts": "its test double",
  "internal/world/real_time.ts": "waits for the loop of a live run",
  "internal/world/run_tokens.ts": "asks the wall for bytes",
  "internal/world/uuid_flow_generator.ts": "asks the wall for bytes",
};

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(^|[^:])\/\/.*/g, "$1");
}

function doorsIn(source: string): string[] {
  const code = withoutComments(source);
  return DOORS.flatMap((door) => code.match(door)?.[0] ?? []);
}

const root = join(import.meta.dir, "../..");
const sources = [...new Bun.Glob("{internal,cmd}/**/*.ts").scanSync(root)].filter((path) => !path.endsWith("_test.ts"));

describe("time and chance have one door", () => {
  test("no module but internal/world reads a clock, sleeps or draws a random number (DESIGN, three ideas)", async () => {
    const found: Record<string, string[]> = {};
    for (const path of sources.sort()) {
      if (path in ALLOWED) continue;
      const doors = doorsIn(await Bun.file(join(root, path)).text());
      if (doors.length > 0) found[path] = doors;
    }
    expect(found).toEqual({});
  });

  test("the check sees a door in code, and none in a comment", () => {
    expect(doorsIn("const t = Date.now();")).toEqual(["Date.now"]);
    expect(doorsIn("await new Promise((r) => setTimeout(r, 5)); Math.random();")).toEqual([
      "setTimeout(",
      "Math.random",
    ]);
    expect(doorsIn("// Date.now\n/* Math.random\n */ new Date(ms); // new Date()")).toEqual([]);
  });

  test("every exception is a file that needs it", async () => {
    for (const path of Object.keys(ALLOWED)) {
      expect([path, doorsIn(await Bun.file(join(root, path)).text()).length > 0]).toEqual([path, true]);
    }
  });
});
