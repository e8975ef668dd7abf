import { expect, setDefaultTimeout, test } from "bun:test";
import { oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";

// Each test starts plumb, on a machine that may be busy.
setDefaultTimeout(60_000);

const FLOW = "version: dsl/v0\nworkflow: w\nsteps:\n  - s(op.x):\n      v: 1\noutputs:\n  r: $step.s\n";

const MODULE = (body: string) => `export default { "op.x": async (args: unknown, ctx: any) => { ${body} } };\n`;

for (const target of oneTarget()) {
  const verified = (body: string) => {
    const cwd = tempFiles({ "w.wdl": FLOW, "p.ts": MODULE(body), "plumb.yaml": "runtime:\n  plugins: [p.ts]\n" });
    const args = ["verify", "online", "--sources", "w.wdl", "--flow", "w"];
    const { exit, stdout, stderr } = runPlumb(target, args, { cwd });
    return { exit, result: JSON.parse(stdout), stderr };
  };

  test(`what a plugin prints is not among the results, ${target.name}`, () => {
    const { exit, result, stderr } = verified('console.log("HELLO"); process.stdout.write("W\\n"); return { k: 1 };');
    expect({ exit, outputs: result.outputs }).toEqual({ exit: 0, outputs: { r: { k: 1 } } });
    expect(stderr).toContain("HELLO\nW\n");
  });

  test(`an error that a plugin leaves behind is told, and ends nothing, ${target.name}`, () => {
    const body =
      'Promise.reject(new Error("lost")); setTimeout(() => { throw new Error("late"); }, 1); await ctx.clock.sleep(100); return { k: 1 };';
    const { exit, result, stderr } = verified(body);
    expect({ exit, outputs: result.outputs }).toEqual({ exit: 0, outputs: { r: { k: 1 } } });
    expect(stderr).toContain("a plugin left an error behind: lost");
    expect(stderr).toContain("a plugin left an error behind: late");
  });

  test(`a plugin cannot end plumb: its step fails, ${target.name}`, () => {
    const { exit, result } = verified("process.exit(0);");
    expect({ exit, message: result.error.message }).toEqual({ exit: 1, message: "a plugin may not end the process" });
  });
}
