import type { FilePragmas, Findings } from "../syntax/mod.ts";
import type { StepInstance } from "./step_instance.ts";
import { KIND_NAMES } from "./step_kind.ts";

/** Whether a file may hold a step of this kind: trust (pipelines §1) and the capability of io steps (pipelines §12). */
export function checkPermissions({ kind, at }: StepInstance, pragmas: FilePragmas, findings: Findings): void {
  const isIo = kind === "io.read" || kind === "io.write";
  if (isIo && !pragmas.capabilities.has("io")) {
    const message = `${KIND_NAMES[kind]} needs the capability io`;
    findings.add("E_CAPABILITY_REQUIRED", message, at, "#pragma capabilities list=io");
  }
  if ((isIo || kind === "timer") && pragmas.trust === "untrusted") {
    findings.add("E_TRUST_VIOLATION", `an untrusted file cannot hold ${KIND_NAMES[kind]}`, at);
  }
}
