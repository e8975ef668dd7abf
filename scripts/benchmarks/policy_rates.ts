import { compilePolicy } from "../../internal/policy/mod.ts";
import type { Json } from "../../internal/value/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import { atLeast, type Measured } from "./measured.ts";

const EVALUATIONS = 500_000;
/** The first rounds compile; the fastest of the rest is what the code can do, since everything else only disturbs. */
const ROUNDS = 5;

/** The policy of the cold store (flows §20), as it is compiled. */
const place = { line: 1, column: 1, filename: "limits.pdl" };
const usual: Json = { name: "usual", expression: "action = arms.active.mode", probability: null, ...place };
const probe: Json = { name: "probe", expression: 'random(["HOLD", "COOL"])', probability: "epsilon", ...place };
const level = "min(2, 1 + int((warm - arms.active.warm_threshold) // 2))";

function assignment(target: string, expression: string): Json {
  return { type: "assignment", target, expression, ...place };
}

function branch(condition: string, yes: Json, no: Json): Json {
  // biome-ignore lint/suspicious/noThenProperty: the document format calls it so
  return { type: "if", condition, then: yes, else: no, ...place };
}

const LIMITS: Json = {
  policy: {
    id: "limits",
    params: {
      arms: { default: { warm_threshold: "6.5", dump_threshold: "12", mode: "COOL" } },
      epsilon: "0.05",
      evaluate: [
        assignment("warm", 'coalesce(values.get("air"), first_numeric(values))'),
        assignment("level", "0"),
        assignment("action", '"HOLD"'),
        branch(
          "warm >= arms.active.dump_threshold",
          [assignment("action", '"DUMP"'), assignment("level", "3")],
          [
            branch(
              "warm >= arms.active.warm_threshold",
              [{ type: "choose", options: [usual, probe], ...place }, assignment("level", level)],
              null,
            ),
          ],
        ),
      ],
      emit: { action: "action", level: "level", reason: '{ "warm": warm, "limit": arms.active.warm_threshold }' },
    },
  },
};

/** Evaluations of a policy a second, on the longest way through it. */
export function policyRates(): readonly Measured[] {
  const policy = compilePolicy(LIMITS);
  const inputs = { values: { air: 9, door: 4.5 }, draws: () => 0.5 };
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = wall.monotonicMs();
    let cooled = 0;
    for (let i = 0; i < EVALUATIONS; i += 1) if (policy.evaluate(inputs).emit.action === "COOL") cooled += 1;
    if (cooled !== EVALUATIONS) throw new Error(`the policy said COOL ${cooled} times`);
    best = Math.min(best, wall.monotonicMs() - start);
  }
  return [atLeast("evaluations of the cold store's policy", (EVALUATIONS * 1000) / best, 500_000)];
}
