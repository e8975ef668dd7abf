import * as v from "valibot";
import { CapabilitiesSchema, issueText, METHODS } from "../../rep/mod.ts";
import type { Check } from "../check.ts";
import { same, shown } from "../probe_run.ts";
import { demand } from "../verdict.ts";

/** A reply to the first request must come within this (flows §16). */
const FIRST_REPLY_MS = 5000;

export const CAPABILITIES_CHECKS: readonly Check[] = [
  {
    id: "REP-CAP-01",
    level: "MUST",
    rule: "Runtime.Capabilities gives version, a text, step_kinds, texts, and limits.concurrency, an integer of at least 1 (§12)",
    fix: 'answer {"version":"0.1.0","step_kinds":["your.kind"],"limits":{"concurrency":1}}',
    async run(trial) {
      const wire = await trial.open();
      const read = v.safeParse(CapabilitiesSchema, await wire.result(METHODS.capabilities, {}));
      demand(read.success, `result: ${issueText(read.issues ?? [])}`);
    },
  },
  {
    id: "REP-CAP-02",
    level: "MUST",
    rule: "Runtime.Capabilities twice gives equal results (§12)",
    fix: "answer from constants; nothing in it may depend on the time or on what was asked before",
    async run(trial) {
      const wire = await trial.open();
      const first = await wire.result(METHODS.capabilities, {});
      const second = await wire.result(METHODS.capabilities, {});
      demand(same(first, second), `first ${shown(first)}, then ${shown(second)}`);
    },
  },
  {
    id: "REP-CAP-03",
    level: "MUST",
    rule: "the first reply comes within 5 s of the start (§13, call_timeout_ms)",
    fix: "answer Runtime.Capabilities before anything slow is set up",
    async run(trial) {
      const wire = await trial.open();
      const since = wire.now();
      await wire.call(METHODS.capabilities, {});
      const took = Math.round(wire.now() - since);
      demand(took <= FIRST_REPLY_MS, `it took ${took} ms`);
    },
  },
  {
    id: "REP-CAP-04",
    level: "SHOULD",
    rule: "step_kinds names every kind once (§12)",
    fix: "leave the repeated kinds out",
    async run(trial) {
      const wire = await trial.open();
      const { step_kinds } = await wire.result(METHODS.capabilities, {});
      const kinds = Array.isArray(step_kinds) ? step_kinds.map(shown) : [];
      const twice = kinds.filter((kind, at) => kinds.indexOf(kind) < at);
      demand(twice.length === 0, `named more than once: ${[...new Set(twice)].join(", ")}`);
    },
  },
];
