import { join } from "node:path";
import { LocalEngine, readMocks, virtualRunTime } from "../../internal/engine/mod.ts";
import { checkIr, type FlowIr } from "../../internal/flow/mod.ts";
import { DeterministicClock, wall } from "../../internal/world/mod.ts";
import { atLeast, type Measured } from "./measured.ts";

const ROUNDS = 7;
const RUNS = 15_000;
const STEPS = 10;

/** How many steps a second engine local does on a flow of ten nodes with a switch and a policy, mocks answering (issue 5). */
export async function flowRates(): Promise<readonly Measured[]> {
  const ir = await tenNodes();
  const { mocks } = readMocks({ "probe.read": { air: 9, door: 4.5 }, "probe.note": { ok: true } });
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = wall.monotonicMs();
    for (let run = 0; run < RUNS; run += 1) {
      const time = () => virtualRunTime(new DeterministicClock());
      const { result } = await new LocalEngine({ mocks, time }).run({ ir, inputs: {}, runId: "run", traceId: "0" });
      if (result.summary.completed_steps !== STEPS) throw new Error(`the flow ended ${JSON.stringify(result.summary)}`);
    }
    rates.push((RUNS * STEPS) / ((wall.monotonicMs() - start) / 1000));
  }
  // The best round: what else runs on the machine only takes away.
  return [atLeast("engine local, steps of a ten-node flow", Math.max(...rates), 300_000)];
}

/** The policy of the cold store in a flow whose every node runs. */
async function tenNodes(): Promise<FlowIr> {
  const folder = join(import.meta.dir, "../../testdata/examples/coldstore/expected");
  const policy: FlowIr["constants"]["policy"] = await Bun.file(join(folder, "policies/limits.json")).json();
  const node = (id: string, type: string, args: FlowIr["graph"]["nodes"][number]["with"]) => ({
    id,
    type,
    with: args,
    timeout_ms: 0,
    retry: { max: 0, backoff_ms: 0 },
  });
  const nodes = [
    node("read", "probe.read", {}),
    node("note1", "probe.note", { values: "$step.read" }),
    node("judge", "policy.apply", { values: "$step.read" }),
    node("when", "switch", {
      key_from: "$.vars.judge.action",
      cases: { COOL: "note2", HOLD: "note2", _DEFAULT: "note2" },
      default: "_DEFAULT",
    }),
    node("note2", "probe.note", { level: "$step.judge.level" }),
    node("note3", "probe.note", { text: "level ${step.judge.level}" }),
    node("note4", "probe.note", { n: "80" }),
    node("note5", "probe.note", {}),
    node("emit", "dsl.emit", { decision: "$step.judge" }),
    node("finish", "finish", {}),
  ];
  const edges = nodes
    .slice(1)
    .map(({ id }, index) => ({ from: nodes[index]?.id ?? "", to: id, on: "success" as const }));
  const { ir, problems } = checkIr({
    version: "1.0.0",
    flow: { name: "ten", timeout_ms: 0 },
    constants: { policyRef: "limits", policy },
    inputs_schema: {},
    graph: { nodes, edges },
    metadata: { generated_at: "2026-01-01T00:00:00Z", source_file: "ten.wdl" },
  });
  if (ir === undefined) throw new Error(problems.map(({ message }) => message).join("; "));
  return ir;
}
