import type { RuntimeSettings } from "../../internal/config/mod.ts";
import { type Diagnostic, diagnostic, EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import type { Engine } from "../../internal/engine/mod.ts";
import {
  type FlowInputError,
  type FlowIr,
  findFlow,
  isStepEvent,
  type LoadedIr,
  loadIr,
  loadManifest,
  RUN_CODE,
  type RunExpectation,
  type RunResult,
} from "../../internal/flow/mod.ts";
import type { Terminal } from "./command.ts";
import { buildInto, type DslBuild } from "./dsl_build.ts";
import { type CallOutcome, callFlow, fitInputs, namer, refusedVersion, type Tried, tryInput } from "./flow_call.ts";
import { tellRunError } from "./flow_failure.ts";
import { type InputsDocument, readInputs } from "./flow_inputs.ts";
import { tellFindings, tellInputError } from "./flow_problem.ts";
import { againstCheck } from "./verify_against.ts";
import { type VerifyCheck, VerifyChecks } from "./verify_checks.ts";
import { expectationDetail } from "./verify_expect.ts";
import { checkSources } from "./verify_sources.ts";

/** What is verified, and how. */
export interface VerifyRequest {
  readonly flow: string;
  /** Absolute. */
  readonly manifest: string;
  /** What makes the manifest first. */
  readonly compile: DslBuild | undefined;
  /** `--inputs` */
  readonly inputs: string | undefined;
  readonly expectation: RunExpectation | undefined;
  readonly engine: Engine;
  /** `--against`: the engine that runs the flow too. */
  readonly against: Engine | undefined;
  readonly settings: RuntimeSettings;
  readonly runId: string;
  readonly warnings: readonly Diagnostic[];
  readonly terminal: Terminal;
}

export interface Verified {
  readonly checks: readonly VerifyCheck[];
  /** Undefined: it came to no run. */
  readonly result: RunResult | undefined;
  readonly exit: ExitCode;
}

/** One `verify online`: each check in its turn; the first that does not hold before the run is the last. */
export class Verification {
  readonly #request: VerifyRequest;
  readonly #checks = new VerifyChecks();

  constructor(request: VerifyRequest) {
    this.#request = request;
  }

  async run(): Promise<Verified> {
    const { terminal, compile, expectation, warnings } = this.#request;
    tellFindings(warnings, terminal);
    if (expectation === undefined) this.#checks.set("expect", null, "not asked");
    if (this.#request.against === undefined) this.#checks.set("against", null, "not asked");
    const failed = compile === undefined ? this.#notCompiled() : this.#compile(compile);
    if (failed !== undefined) return this.#end(undefined, failed);

    const loaded = await this.#load();
    if (loaded === undefined) return this.#end(undefined, EXIT.usage);
    const inputs = await this.#inputs(loaded.ir);
    if (inputs === undefined) return this.#end(undefined, EXIT.usage);
    const { ir } = loaded;
    if (ir === undefined) {
      const { result, exit } = refusedVersion(loaded, inputs.value, this.#request.runId);
      return this.#end(result, exit);
    }
    const outcome = await this.#call(ir, inputs);
    if (outcome === undefined) return this.#end(undefined, EXIT.usage);
    tellFindings(outcome.warnings, terminal);
    const { result, exit, interrupted } = outcome;
    if (result.error !== undefined) tellRunError(result.error, { ir, irPath: loaded.path }, terminal);
    const judged = this.#judge(result);
    if (interrupted !== undefined) return this.#end(result, interrupted);
    const compared = await this.#compare(ir, inputs, result);
    return this.#end(result, exit !== EXIT.ok ? exit : judged ? compared : EXIT.failure);
  }

  #notCompiled(): undefined {
    this.#checks.set("compile", null, "not asked");
  }

  /** The exit code of a compile that failed. */
  #compile(build: DslBuild): ExitCode | undefined {
    const { terminal } = this.#request;
    const built = buildInto(build, terminal);
    if (!("exit" in built)) {
      this.#checks.set("compile", true, build.paths.join(" "));
      return undefined;
    }
    terminal.err.write("verify: compilation failed\n");
    this.#checks.set("compile", false, "compilation failed");
    return built.exit;
  }

  /** The IR, also one whose version is refused. */
  async #load(): Promise<LoadedIr | undefined> {
    const { flow, terminal, manifest: path } = this.#request;
    const nameOf = namer(terminal.cwd);
    const found = await tryInput(() => {
      const manifest = loadManifest(path, nameOf);
      return { manifest, entry: findFlow(manifest, flow) };
    });
    if (!found.ok) return this.#fail("manifest", found.error);
    const { manifest, entry } = found.value;
    const loaded = await tryInput(() => loadIr(manifest, entry, nameOf));
    if (!loaded.ok) {
      const isMismatch = loaded.error.code === "E_MANIFEST_MISMATCH";
      if (!isMismatch) this.#checks.set("manifest", true, nameOf(path));
      return this.#fail(isMismatch ? "manifest" : "ir", loaded.error);
    }
    this.#checks.set("manifest", true, nameOf(path));
    const { ir, file, findings } = loaded.value;
    tellFindings(findings, terminal);
    if (ir === undefined) {
      this.#checks.set("ir", false, findings[0]?.message ?? file);
      return loaded.value;
    }
    this.#checks.set("ir", true, file);
    this.#sources(ir);
    return loaded.value;
  }

  #sources(ir: FlowIr): void {
    const { terminal } = this.#request;
    const { ok, detail, changed } = checkSources(ir, terminal.cwd);
    this.#checks.set("sources", ok, detail);
    const warnings = changed.map((file) =>
      diagnostic({ level: "warn", code: "W_SOURCES_CHANGED", message: `${file} has changed since the compile`, file }),
    );
    tellFindings(warnings, terminal);
  }

  async #inputs(ir: FlowIr | undefined): Promise<InputsDocument | undefined> {
    const { inputs: given, terminal } = this.#request;
    const read = await tryInput(() => readInputs(given, terminal.cwd));
    if (!read.ok) return this.#fail("inputs", read.error);
    if (ir === undefined) return read.value;
    const fitted = await tryInput(() => fitInputs(ir, read.value));
    if (!fitted.ok) return this.#fail("inputs", fitted.error);
    tellFindings(fitted.value, terminal);
    const names = Object.keys(read.value.value);
    this.#checks.set("inputs", true, names.length === 0 ? "none" : names.join(", "));
    return read.value;
  }

  async #call(ir: FlowIr, inputs: InputsDocument, engine = this.#request.engine): Promise<CallOutcome | undefined> {
    const { runId, settings } = this.#request;
    const called: Tried<CallOutcome> = await tryInput(() =>
      callFlow({ engine, ir, inputs: inputs.value, runId, settings }),
    );
    if (called.ok) return called.value;
    if (engine !== this.#request.engine) return this.#fail("against", called.error);
    // What an engine refuses before it starts: a policy that is not in the IR, or an executor that cannot be started.
    return this.#fail(called.error.code === "E_POLICY_MISSING" ? "ir" : "capabilities", called.error);
  }

  /** The checks from `capabilities` on; true: all of them hold. */
  #judge(result: RunResult): boolean {
    const { engine, expectation } = this.#request;
    const { status, error } = result;
    if (error !== undefined && error.code >= 1000 && error.code <= 1999 && result.events.length === 0) {
      this.#checks.set("capabilities", false, error.message);
      return false;
    }
    const isReached = error?.code !== RUN_CODE.transport || result.events.some(isStepEvent);
    this.#checks.set("capabilities", isReached ? true : null, isReached ? `engine ${engine.name}` : "not reached");
    this.#checks.set("run", status === "completed", error === undefined ? status : `${status}: ${error.message}`);
    if (expectation === undefined) return status === "completed";
    const detail = expectationDetail(expectation, result);
    this.#checks.set("expect", detail === "", detail === "" ? "as expected" : detail);
    return status === "completed" && detail === "";
  }

  /** The check `against`, of a run that was begun. Null if a signal ended the second run: nothing is known then. */
  async #compare(ir: FlowIr, inputs: InputsDocument, result: RunResult): Promise<ExitCode> {
    const { engine, against, terminal } = this.#request;
    if (against === undefined || this.#checks.of("capabilities") !== true) return EXIT.ok;
    const other = await this.#call(ir, inputs, against);
    if (other === undefined) return EXIT.failure;
    tellFindings(other.warnings, terminal);
    if (other.interrupted !== undefined) return other.interrupted;
    const { ok, detail } = againstCheck(
      { engine: engine.name, result },
      { engine: against.name, result: other.result },
    );
    this.#checks.set("against", ok, detail);
    return ok ? EXIT.ok : EXIT.failure;
  }

  #fail(check: "manifest" | "ir" | "inputs" | "capabilities" | "against", error: FlowInputError): undefined {
    this.#checks.set(check, false, `${error.code}: ${error.message}`);
    tellInputError(error, this.#request.terminal);
  }

  #end(result: RunResult | undefined, exit: ExitCode): Verified {
    return { checks: this.#checks.all(), result, exit };
  }
}
