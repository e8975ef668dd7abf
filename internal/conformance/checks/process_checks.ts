import { isObject } from "../../value/mod.ts";
import type { Check } from "../check.ts";
import { emit, probeFlow } from "../probe_flow.ts";
import { demandCompleted, poll, runProbe, start } from "../probe_run.ts";
import { Broken, demand } from "../verdict.ts";
import type { Wire } from "../wire.ts";

const STDIN_CLOSED_MS = 1000;
const TERMINATED_MS = 2000;
/** A banner has come by then. */
const BANNER_MS = 300;

/** The process of an executor on stdio (flows §12, §13). */
export const PROCESS_CHECKS: readonly Check[] = [
  {
    id: "REP-PROC-01",
    level: "MUST",
    rule: "when its stdin is closed, it exits within 1 s (§13)",
    fix: "end the process at the end of stdin",
    ofProcess: true,
    async run(trial) {
      const { wire } = await trial.begin();
      wire.process?.closeStdin();
      await demandEnd(wire, STDIN_CLOSED_MS, "stdin was closed");
    },
  },
  {
    id: "REP-PROC-02",
    level: "MUST",
    rule: "when its stdin is closed while check.sleep works, it exits within 1 s (§13)",
    fix: "do not wait for steps at the end of stdin: make threads daemons, or exit",
    ofProcess: true,
    async run(trial) {
      const { wire, capable } = await trial.beginWith("check.sleep");
      const step = { id: "sleep", type: "check.sleep", with: { ms: 8000 } };
      await poll(wire, capable, await start(trial, wire, probeFlow([step])), 0);
      wire.process?.closeStdin();
      await demandEnd(wire, STDIN_CLOSED_MS, "stdin was closed while a step worked");
    },
  },
  {
    id: "REP-PROC-03",
    level: "MUST",
    rule: "on SIGTERM it exits within 2 s (§13, End)",
    fix: "leave SIGTERM as it is, or exit in its handler",
    ofProcess: true,
    async run(trial) {
      const { wire } = await trial.begin();
      wire.process?.terminate();
      await demandEnd(wire, TERMINATED_MS, "SIGTERM");
    },
  },
  {
    id: "REP-PROC-04",
    level: "MUST",
    rule: "stdout has nothing but frames, and none before the first request (§12)",
    fix: "print banners and logs to stderr",
    ofProcess: true,
    async run(trial) {
      const wire = await trial.open();
      await wire.until(() => wire.heard[0], BANNER_MS);
      const [early] = wire.heard;
      demand(early === undefined, `before the first request it wrote ${early?.text.slice(0, 200)}`);
      const begun = await trial.begin();
      await wire.call("Runtime.NoSuchMethod", {});
      await runProbe(trial, begun, probeFlow([emit({})]));
      wire.process?.closeStdin();
      await wire.until(() => undefined, STDIN_CLOSED_MS);
      for (const { text, value, problem } of wire.heard) {
        const isFrame = value !== undefined && isObject(value) && ("id" in value || "method" in value);
        demand(isFrame, `${problem ?? "no frame"}: ${text.slice(0, 200)}`);
      }
      const rest = wire.partial.trim();
      demand(rest === "", `at the end stands a line without LF: ${rest.slice(0, 200)}`);
    },
  },
  {
    id: "REP-PROC-05",
    level: "SHOULD",
    rule: "when its stdin is closed, it exits with status 0, and no process of its group is left (§13)",
    fix: "end with status 0 after the end of stdin, when everything you started has ended",
    ofProcess: true,
    async run(trial) {
      const { wire } = await trial.begin();
      wire.process?.closeStdin();
      const how = await demandEnd(wire, 2 * STDIN_CLOSED_MS, "stdin was closed");
      demand(how === "exit code 0", `it ended with ${how}`);
      demand(wire.process?.leftSomebody === false, "it left a process of its group behind");
    },
  },
  {
    id: "REP-PROC-06",
    level: "MUST",
    rule: "it works without the variables PLUMB_* and TRACE_MIND_* (§12, Environment)",
    fix: "take what you need from StartRun; the variables are there to help only",
    ofProcess: true,
    async run(trial) {
      const begun = await trial.begin("bare");
      demandCompleted(await runProbe(trial, begun, probeFlow([emit({})])));
    },
  },
];

async function demandEnd(wire: Wire, ms: number, after: string): Promise<string> {
  const how = await wire.ended(ms);
  if (how === undefined) throw new Broken(`${ms} ms after ${after} it still runs`);
  return how;
}
