import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { ReferenceExecutors, sampleIr, sampleSwitch } from "../testkit/mod.ts";
import { templateTexts } from "./executor_arbitraries.ts";

// Whatever line comes, the reference executors answer the next request (flows §16, "survives"). The one in C is built with what finds
// its own mistakes: a read outside of a buffer ends it.

setDefaultTimeout(600_000);

/** In the suite; `PLUMB_EXECUTOR_FUZZ=20000` looks longer. */
const LINES = Number(process.env.PLUMB_EXECUTOR_FUZZ ?? 400);
const SANITIZERS = ["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

const executors = new ReferenceExecutors(hasSanitizers() ? SANITIZERS : []);
afterAll(() => executors[Symbol.dispose]());

/** Some compilers come without their libraries. */
function hasSanitizers(): boolean {
  if (Bun.which("cc") === null) return false;
  const program = new Blob(["int main(void) { return 0; }\n"]);
  const { exitCode } = Bun.spawnSync(["cc", ...SANITIZERS, "-o", "/dev/null", "-xc", "-"], { stdin: program });
  return exitCode === 0;
}

const IR = sampleIr(
  [
    { id: "a", type: "check.echo", with: { n: 1.5e3, t: "é\u{1F701}\\", m: { x: [true, null, "$input.s"] } } },
    sampleSwitch("w", "s", { x: "b", "3": "c" }),
    { id: "b", type: "check.fail", with: { times: 1 }, retry: { max: 1, backoff_ms: 0 } },
    { id: "c", type: "check.sleep", with: { ms: 1 }, timeout_ms: 5 },
    { id: "out", type: "dsl.emit", with: { o: "[1, '${input.s}', {'a': $step.a}]", r: "$step.a", p: "x ${step.a}" } },
  ],
  ["a -> w", "w -x> b", "w -3> c", "w -_DEFAULT> out", "b -> out", "c -> out"],
);
const START = { ir: IR, inputs: { s: "x", n: [1e21, -0, 9007199254740992] }, options: { run_id: "r" } };
const FRAMES = [
  ["Runtime.StartRun", START],
  ["Runtime.StartRun", { ...START, options: { run_id: null } }],
  ["Runtime.Poll", { run_id: "r", after: 1 }],
  ["Runtime.Cancel", { run_id: "r" }],
  ["Runtime.Capabilities", {}],
].map(([method, params]) => JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));

/** A frame with a few characters changed, taken out, put in or repeated. */
const mutated = fc
  .record({
    frame: fc.constantFrom(...FRAMES),
    changes: fc.array(
      fc.record({
        at: fc.nat(4000),
        drop: fc.constantFrom(0, 0, 1, 2, 40),
        put: fc.oneof(
          fc.constantFrom(
            ...'{}[]",:\\ \t0-9.eEutf',
            "\\u",
            "\\ud800",
            '""',
            "[[",
            "1e999",
            "$input.",
            "${step.a}",
            "\0",
          ),
          fc.string({ unit: "binary", maxLength: 3 }),
        ),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ frame, changes }) => {
    let text = frame;
    for (const { at, drop, put } of changes) {
      const place = at % (text.length + 1);
      text = text.slice(0, place) + put + text.slice(place + drop);
    }
    return text.replaceAll("\n", "");
  });

/** A valid flow whose outputs are any templates. */
const templates = fc.array(templateTexts, { maxLength: 10 }).map((texts) => {
  const ir = sampleIr([{ id: "out", type: "dsl.emit", with: { texts } }], []);
  return JSON.stringify({ jsonrpc: "2.0", id: 1, method: "Runtime.StartRun", params: { ...START, ir, options: {} } });
});

describe.each(executors.all)("the executor in %s", (_, path) => {
  test(`survives ${LINES} lines that are nearly right`, async () => {
    const argv = path.endsWith(".py") ? ["python3", path] : path.endsWith(".ts") ? [process.execPath, path] : [path];
    const child = Bun.spawn(argv, { stdin: "pipe", stdout: "pipe", stderr: "pipe", lazy: true });
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let heard = "";
    const survives = async (line: string, id: string): Promise<void> => {
      child.stdin.write(`${line}\n{"jsonrpc":"2.0","id":"${id}","method":"Runtime.Health","params":{}}\n`);
      child.stdin.flush();
      while (!heard.includes(`"${id}"`)) {
        const { value, done } = await reader.read();
        if (done)
          throw new Error(`it has ended after ${JSON.stringify(line)}\n${await new Response(child.stderr).text()}`);
        heard += value;
      }
      heard = heard.slice(heard.indexOf(`"${id}"`));
    };
    let count = 0;
    const property = fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: mutated }, templates), async (line) => {
      count += 1;
      await survives(line, `health-${count}.`);
    });
    // It would be dead for what comes after a failure, so nothing is shrunk.
    await fc.assert(property, { numRuns: LINES, endOnFailure: true });
    child.stdin.end();
    expect(await child.exited).toBe(0);
  });
});
