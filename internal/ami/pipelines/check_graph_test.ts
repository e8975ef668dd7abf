import { describe, expect, test } from "bun:test";
import { checkGraph } from "./check_graph.ts";
import { kindOf } from "./step_kind.ts";

/** A graph of steps that are named after their kinds, as builders make it. */
function codes(...links: readonly string[]): readonly string[] {
  const names = [...new Set(links.flatMap((link) => link.split(" ")))];
  const nodes = names.map(
    (name) => ({ name, id: 1, label: name, kind: kindOf(name) ?? "transform", delayMs: 0, workers: 1 }) as const,
  );
  const edges = links.map((link) => {
    const [from = "", to = ""] = link.split(" ");
    return {
      from: names.indexOf(from),
      to: names.indexOf(to),
      queue: "FIFO",
      maxCapacity: 1,
      policy: "block",
    } as const;
  });
  return checkGraph({ nodes, edges }).map(({ code }) => code);
}

describe("a graph that was built", () => {
  test("is fine", () => {
    expect(codes("ingress Timer", "Timer X", "X Collect", "Collect egress")).toEqual([]);
  });

  const rows: [code: string, ...links: string[]][] = [
    ["E_PIPELINE_START_INGRESS", "X egress"],
    ["E_PIPELINE_END_EGRESS", "ingress X"],
    ["E_EDGE_TO_INGRESS", "ingress X", "X ingress", "X egress"],
    ["E_EDGE_FROM_EGRESS", "ingress egress", "egress X"],
    ["E_EDGE_TO_TIMER", "ingress X", "X Timer", "Timer egress"],
    ["E_PIPELINE_SELF_EDGE", "ingress X", "X X", "X egress"],
    ["W_PIPELINE_DUP_EDGE", "ingress egress", "ingress egress"],
    ["E_PIPELINE_CYCLE", "ingress X", "X Y", "Y X", "Y egress"],
    ["E_PIPELINE_UNREACHABLE_FROM_INGRESS", "ingress egress", "X egress"],
    ["E_PIPELINE_CANNOT_REACH_EGRESS", "ingress egress", "ingress X"],
    ["E_PIPELINE_NO_PATH_INGRESS_EGRESS", "ingress X", "Y egress"],
  ];
  for (const [code, ...links] of rows)
    test(`${links.join(", ")} is ${code}`, () => expect(codes(...links)).toEqual([code]));
});
