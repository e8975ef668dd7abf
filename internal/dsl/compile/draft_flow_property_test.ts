import { expect, test } from "bun:test";
import fc from "fast-check";
import { checkIr } from "../../flow/mod.ts";
import { dslSource, readWdl } from "../syntax/mod.ts";
import { compileFiles } from "./compile_files.ts";
import { draftFlow } from "./draft_flow.ts";

// Random flows, written as text and compiled, against the pseudo code of flows §3 as it stands there: recursive, on a model
// that never was a text.

type Model = CallModel | WhenModel;
interface CallModel {
  readonly kind: "call";
  readonly handler: { readonly finish: boolean; readonly steps: readonly Model[] } | undefined;
}
interface WhenModel {
  readonly kind: "when";
  readonly literals: readonly string[];
  readonly asList: boolean;
  readonly steps: readonly Model[];
}

const models = fc.letrec<{ steps: readonly Model[]; step: Model }>((tie) => ({
  steps: fc.array(tie("step"), { minLength: 1, maxLength: 4, depthIdentifier: "steps" }),
  step: fc.oneof(
    { maxDepth: 4, depthIdentifier: "steps" },
    fc.constant<CallModel>({ kind: "call", handler: undefined }),
    fc.record({
      kind: fc.constant("call" as const),
      handler: fc.record({ finish: fc.boolean(), steps: tie("steps") }),
    }),
    fc.record({
      kind: fc.constant("when" as const),
      literals: fc.array(fc.constantFrom("a", "b", "_DEFAULT", "x y", 'q"'), { minLength: 1, maxLength: 3 }),
      asList: fc.boolean(),
      steps: tie("steps"),
    }),
  ),
})).steps;

/** Ids that meet generated ones now and then, each once. */
function idsOf(seed: readonly number[]): () => string {
  const used = new Set<string>();
  let count = 0;
  return () => {
    const number = seed[count % seed.length] ?? 0;
    count += 1;
    const wanted = [`s${count}`, `emit_${count}`, `finish_${count}`][number % 3] ?? "";
    const id = used.has(wanted) ? `t${count}` : wanted;
    used.add(id);
    return id;
  };
}

/** The lines of a flow. A mapping cannot hold two handlers, so that a body with some is a list. */
function written(steps: readonly Model[], indent: number, asList: boolean, nextId: () => string): string[] {
  const pad = `${" ".repeat(indent)}${asList ? "- " : ""}`;
  const inner = indent + (asList ? 4 : 2);
  return steps.flatMap((step) => {
    if (step.kind === "when") {
      const list = step.literals.map((literal) => JSON.stringify(literal)).join(", ");
      return [
        `${pad}when $input.k in [${list}]:`,
        ...written(step.steps, inner, mustBeList(step.steps) || step.asList, nextId),
      ];
    }
    const call = `${pad}${nextId()}(op.x):`;
    if (step.handler === undefined) return [call];
    const { finish, steps: body } = step.handler;
    return [call, `${pad}on failure${finish ? " finish" : ""}:`, ...written(body, inner, mustBeList(body), nextId)];
  });
}

/** Keys of a mapping are different from each other. */
function mustBeList(steps: readonly Model[]): boolean {
  const keys = steps.flatMap((step) =>
    step.kind === "when" ? [JSON.stringify(step.literals)] : step.handler === undefined ? [] : ["on failure"],
  );
  return new Set(keys).size < keys.length;
}

/** Nodes and edges by the pseudo code of the page; undefined: a step id is there twice. */
function reference(model: readonly Model[], nextId: () => string): { nodes: string[]; edges: string[] } | undefined {
  const nodes: string[] = [];
  const edges: string[] = [];
  const early: [string, string | undefined][] = [];
  const cases = new Map<string, Map<string, string>>();
  let counter = 0;
  let twice = false;
  const fresh = (prefix: string): string => {
    let id = `${prefix}_${counter++}`;
    while (nodes.includes(id)) id = `${prefix}_${counter++}`;
    return id;
  };
  const link = ([node, literal]: [string, string | undefined], entry: string): void => {
    edges.push(`${node} ${literal ?? ""}> ${entry}`);
    const own = cases.get(node);
    if (literal !== undefined && own !== undefined && !own.has(literal)) own.set(literal, entry);
  };
  const sequence = (steps: readonly Model[]): { e: string; x: [string, string | undefined][] } => {
    let first = "";
    let open: [string, string | undefined][] = [];
    for (const step of steps) {
      const { e, x } = one(step);
      for (const exit of open) link(exit, e);
      if (first === "") first = e;
      open = x;
    }
    return { e: first, x: open };
  };
  const one = (step: Model): { e: string; x: [string, string | undefined][] } => {
    if (step.kind === "call") {
      const id = nextId();
      twice ||= nodes.includes(id);
      nodes.push(id);
      if (step.handler === undefined) return { e: id, x: [[id, undefined]] };
      const { e, x } = sequence(step.handler.steps);
      edges.push(`${id} !> ${e}`);
      if (step.handler.finish) early.push(...x);
      return { e: id, x: step.handler.finish ? [[id, undefined]] : [[id, undefined], ...x] };
    }
    const id = fresh("when");
    nodes.push(id);
    cases.set(id, new Map());
    const { e, x } = sequence(step.steps);
    for (const literal of step.literals) {
      cases.get(id)?.set(literal, e);
      edges.push(`${id} ${literal}> ${e}`);
    }
    return { e: id, x: [...x, [id, "_DEFAULT"]] };
  };
  const { x } = sequence(model);
  const emit = fresh("emit");
  nodes.push(emit);
  for (const exit of [...x, ...early]) link(exit, emit);
  const finish = fresh("finish");
  nodes.push(finish);
  link([emit, undefined], finish);
  const shown = nodes.map((id) => (cases.has(id) ? `${id} ${JSON.stringify([...(cases.get(id) ?? [])])}` : id));
  return twice ? undefined : { nodes: shown, edges };
}

test("the graph of a flow is that of the page's pseudo code, and its IR is valid (property)", () => {
  fc.assert(
    fc.property(models, fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 }), (model, seed) => {
      const text = `version: dsl/v0\nworkflow: w\ninputs:\n  k: string\nsteps:\n${written(model, 2, true, idsOf(seed)).join("\n")}\n`;
      const reading = readWdl(dslSource("f.wdl", text));
      if ("issue" in reading) throw new Error(`${reading.issue.message}\n${text}`);
      const drafted = draftFlow(reading.file);
      const expected = reference(model, idsOf(seed));
      if ("issues" in drafted) {
        expect(drafted.issues.map(({ code }) => code)).toContain("duplicate-step-id");
        expect(expected).toBeUndefined();
        return;
      }
      const { nodes, edges } = drafted.draft;
      expect({
        nodes: nodes.map((node) =>
          node.kind === "switch" ? `${node.id} ${JSON.stringify([...node.cases])}` : node.id,
        ),
        edges: edges.map(
          ({ from, to, on, case: literal }) => `${from} ${on === "failure" ? "!" : (literal ?? "")}> ${to}`,
        ),
      }).toEqual(expected ?? { nodes: [], edges: [] });
      const options = { emitIr: true, generatedAt: "2026-01-01T00:00:00Z" };
      const ir = compileFiles([reading.file], options).artifacts.find(({ kind }) => kind === "ir");
      expect(checkIr(ir?.document).problems.filter(({ level }) => level === "error")).toEqual([]);
    }),
    { numRuns: Number(process.env.PLUMB_FUZZ ?? 300) },
  );
});
