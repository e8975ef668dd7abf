import { METHODS, RPC } from "../../rep/mod.ts";
import { isObject } from "../../value/mod.ts";
import { shownAnswer } from "../answer.ts";
import type { Check } from "../check.ts";
import { shown } from "../probe_run.ts";
import { demand, NotApplicable } from "../verdict.ts";

export const HEALTH_CHECKS: readonly Check[] = [
  {
    id: "REP-HLT-01",
    level: "MAY",
    rule: "Runtime.Health gives ok true (§12)",
    fix: 'answer {"ok":true}, or leave the method out: -32601',
    async run(trial) {
      const { wire } = await trial.begin();
      const answer = await wire.call(METHODS.health, {});
      if (answer.code === RPC.noMethod) throw new NotApplicable("it does not have Runtime.Health");
      demand(answer.result !== undefined, `it was answered with ${shownAnswer(answer)}`);
      const ok = isObject(answer.result) ? answer.result.ok : undefined;
      demand(ok === true, `ok is ${shown(ok)}`);
    },
  },
];
