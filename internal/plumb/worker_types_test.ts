import { expect, test } from "bun:test";
import { jsonLines, runPlumb, targets, tempFiles } from "../testkit/mod.ts";
import type { WorkerFunction } from "./mod.ts";

// The compiler checks it here; its text is the worker module below.
const judged: WorkerFunction<{ celsius: number }> = (ev, ctx) => {
  const seen = Number(ctx.state.get("seen") ?? 0) + 1;
  ctx.state.set("seen", seen);
  if (ev.payload.celsius < -273) return ctx.error("E_COLD", "below the bottom");
  if (ev.payload.celsius < 0) return null;
  return ev.payload.celsius > 40 ? { seen, at: ctx.clock.now() } : ev;
};

test("a worker that is written against the package's types runs", () => {
  const cwd = tempFiles({
    "t.ami": 'package t\n#pragma workers "./w.ts"\npipeline P { ingress -> Transform(judged) -> egress }\n',
    "w.ts": `export const judged = ${judged.toString()};\n`,
  });
  const stdin = [20, 50, -1, -300].map((celsius) => `{"celsius":${celsius}}\n`).join("");
  for (const target of targets()) {
    const { stdout, stderr } = runPlumb(target, ["pipeline", "run", "t.ami", "--clock", "virtual"], { cwd, stdin });
    expect(jsonLines(stdout)).toEqual([{ celsius: 20 }, { seen: 2, at: 0 }]);
    expect(jsonLines(stderr)).toMatchObject([{ code: "E_COLD", message: "below the bottom" }]);
  }
});
