import type { ValueObject } from "../flow/mod.ts";

/** What can go wrong between plumb and an executor (flows §13, Failures). */
export const FAULT_CAUSES = [
  "Exit",
  "Eof",
  "CallTimeout",
  "Timeout",
  "Json",
  "Encoding",
  "Depth",
  "Frame",
  "Flood",
  "Envelope",
  "UnknownId",
  "PeerParse",
  "RunLost",
  "Reset",
  "Connect",
] as const;
export type FaultCause = (typeof FAULT_CAUSES)[number];

/** The executor, the protocol or the environment failed: the session is over. */
export class RepFault extends Error {
  override readonly name = "RepFault";

  constructor(
    override readonly cause: FaultCause,
    /** One sentence, without a final stop. */
    message: string,
    /** What the error tells besides its cause. */
    readonly details: ValueObject = {},
  ) {
    super(message);
  }
}

export type FaultBlame = "executor" | "environment" | "protocol";

const OF_THE_EXECUTOR: ReadonlySet<FaultCause> = new Set(["Exit", "Eof", "CallTimeout", "Timeout", "RunLost", "Reset"]);

/** Who is at fault (flows §13). */
export function blameOf(cause: FaultCause): FaultBlame {
  if (cause === "Connect") return "environment";
  return OF_THE_EXECUTOR.has(cause) ? "executor" : "protocol";
}

/** The name of the error: `E_REP_CALL_TIMEOUT`; a run over its time has one name on every engine. */
export function faultName(cause: FaultCause): string {
  if (cause === "Timeout") return "E_RUN_TIMEOUT";
  return `E_REP_${cause.replace(/(?<=.)[A-Z]/g, "_$&").toUpperCase()}`;
}
