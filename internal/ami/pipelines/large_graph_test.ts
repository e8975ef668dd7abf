import { describe, expect, test } from "bun:test";
import { samplePackage } from "./sample_package.ts";

const N = 10_000;

/**
 * Generous: a graph of 10,000 nodes takes some tenths of a second. What is quadratic takes minutes, which is what these
 * tests are about.
 */
const LIMIT_MS = 30_000;

function lines(line: (n: number) => string): string {
  return Array.from({ length: N }, (_, n) => line(n)).join("\n");
}

describe("ten thousand nodes", () => {
  const cases: [what: string, body: string, first: string | undefined][] = [
    [
      "in a chain, named",
      `ingress -> s0\n${lines((n) => `s${n} = FanOut()\ns${n} -> ${n === N - 1 ? "egress" : `s${n + 1}`}`)}`,
      undefined,
    ],
    ["of one name", `ingress${".Transform()".repeat(N)}.egress`, undefined],
    ["side by side", lines((n) => `s${n} = Transform()\ningress -> s${n} -> egress`), undefined],
    [
      "Collects",
      `ingress -> c0\n${lines((n) => `c${n} merge.Window(1)\nc${n} -> ${n === N - 1 ? "egress" : `c${n + 1}`}`)}`,
      undefined,
    ],
    [
      "in one cycle",
      `ingress -> s0 -> egress\n${lines((n) => `s${n} = FanOut()\ns${n} -> s${(n + 1) % N}`)}`,
      "E_PIPELINE_CYCLE",
    ],
    [
      "in thousands of cycles",
      `ingress -> egress\n${lines((n) => `s${n} = FanOut()\ns${n} -> s${n ^ 1}`)}`,
      "E_PIPELINE_CYCLE",
    ],
    ["loose", `ingress -> egress\n${lines((n) => `s${n} = FanOut()`)}`, "E_PIPELINE_NODE_DISCONNECTED"],
    [
      "unknown, all of nearly one name",
      `ingress -> egress\n${lines((n) => `a${"x".repeat(200)}${n} -> egress`)}`,
      "E_EDGE_UNDECLARED_FROM",
    ],
    [
      "whose workers call what is nothing",
      `ingress -> ${lines((n) => `Transform(filter(nope${n}(ev))) ->`)} egress`,
      "E_NAME_UNDEFINED",
    ],
    [
      "of which each name is ambiguous",
      lines((n) => `s${n >> 1} = FanOut()\ns${n >> 1} -> egress`),
      "E_STEP_AMBIGUOUS",
    ],
  ];
  for (const [what, body, first] of cases) {
    test(
      `${what}: ${first ?? "runs"}`,
      () => {
        const { findings, pipelines } = samplePackage(`package app\npipeline P {\n${body}\n}`);
        expect(findings.find(({ level }) => level === "error")?.code).toBe(first);
        const nodes = pipelines.get("P")?.nodes.length;
        if (first === undefined) expect(nodes).toBeGreaterThanOrEqual(N);
        else expect(nodes).toBeUndefined();
      },
      LIMIT_MS,
    );
  }

  test("a cycle of them is named in full", () => {
    const body = `ingress -> s0 -> egress\n${lines((n) => `s${n} = FanOut()\ns${n} -> s${(n + 1) % N}`)}`;
    const [finding] = samplePackage(`package app\npipeline P {\n${body}\n}`).findings;
    const names = finding?.message.replace("the steps form a cycle: ", "").split(" -> ") ?? [];
    expect(names).toHaveLength(N + 1);
    expect(names[0]).toBe("s0");
    expect(names[N]).toBe("s0");
  });

  test("and as many pipelines, and merge attributes on one step", () => {
    const many = samplePackage(`package app\nerror { egress }\n${lines((n) => `pipeline P${n} { ingress; egress }`)}`);
    expect(many.pipelines.size).toBe(N);
    const sorts = samplePackage(
      `package app\npipeline P { ingress; Collect(merge.Window(1),\n${lines((n) => `merge.Sort(k${n}),`)} merge.Key(k)); egress }`,
    );
    expect(sorts.pipelines.get("P")?.nodes[1]?.plan?.sort).toHaveLength(N);
  });
});
