import { expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../../testkit/mod.ts";
import { goldenText } from "../../trace/mod.ts";
import type { Golden, ScenarioSpec } from "../scenario/mod.ts";
import { judgeGolden } from "./judge_golden.ts";
import { checkout } from "./sample_events.ts";

const events = checkout();
const right = goldenText({ flow_token: "f", scenario: "s/c" }, events);
const pos = { line: 6, column: 9, offset: 50 };

function judge(mode: Golden["mode"], text: string | Uint8Array | undefined) {
  const folder = tempFiles(text === undefined ? {} : { "g.golden.jsonl": text });
  const golden = { mode, path: join(folder, "g.golden.jsonl"), shown: "golden/g.golden.jsonl", pos };
  const spec: Pick<ScenarioSpec, "golden" | "title"> = { golden, title: "s/c" };
  return judgeGolden(spec, "f", events);
}

test("an equal file is right, and there is nothing to write", () => {
  expect(judge("required", right)).toEqual({ finding: undefined, update: undefined });
  expect(judge("existing", right)).toEqual({ finding: undefined, update: undefined });
});

test("a file that is not there is missing only where it is required", () => {
  const { finding, update } = judge("required", undefined);
  expect(finding).toMatchObject({ code: "E_GOLDEN_MISSING", pos });
  expect(finding?.message).toBe("golden/g.golden.jsonl does not exist; plumb test --update writes it");
  expect(update).toBe(right);
  expect(judge("existing", undefined)).toEqual({ finding: undefined, update: undefined });
});

test("golden: false looks at no file", () => {
  expect(judge("never", "wrong")).toEqual({ finding: undefined, update: undefined });
});

test("another file is a mismatch with its first differing line, whatever its bytes are", () => {
  for (const mode of ["required", "existing"] as const) {
    const { finding, update } = judge(mode, right.replace("order-5", "order-6"));
    expect(finding?.code).toBe("E_GOLDEN_MISMATCH");
    expect(finding?.message).toStartWith("golden/g.golden.jsonl:3: first difference (- expected, + actual)\n");
    expect(finding?.message).toContain('\n$.result.order_id: expected "order-6", got "order-5"');
    expect(update).toBe(right);
  }
  expect(judge("existing", "").finding?.code).toBe("E_GOLDEN_MISMATCH");
  expect(judge("existing", new Uint8Array([255, 10])).finding?.code).toBe("E_GOLDEN_MISMATCH");
});
