import type { Position } from "../diag/mod.ts";
import type { PluginStepKind } from "../plugins/mod.ts";

/** Everything that decides a test run. Paths are absolute unless said otherwise; times are milliseconds. */
export interface TestOptions {
  /** Working directory; artifacts and the `paths` that the user gave are relative to it. */
  readonly cwd: string;
  /** The test root (DESIGN, determinism): stable ids name files from here, fixtures stay inside. */
  readonly root: string;
  /** Files and folders as the user wrote them, relative to `cwd`. */
  readonly paths: readonly string[];
  readonly version: string;
  readonly engine: "local" | "proc";
  /** Keeps the cases whose stable id matches. */
  readonly run?: RegExp | undefined;
  readonly shard?: { readonly index: number; readonly count: number } | undefined;
  readonly seed: number;
  /** Virtual time limit of a pragma case, real one of a handler call; 0: none given. */
  readonly timeoutMs: number;
  /** Worker threads at most. */
  readonly parallel: number;
  /** The default of `parallel` on this machine; what `run_start` tells, so that streams are equal whatever `parallel` is. */
  readonly cores: number;
  readonly failfast: boolean;
  readonly strict: boolean;
  /** Rewrite golden files. */
  readonly update: boolean;
  /** Tell every step and firing of scenarios (`-v`). */
  readonly logSteps: boolean;
  /** The folder that the event log of each scenario case is kept in (`--record`); undefined: none is. */
  readonly recordDir?: string | undefined;
  /** Modules with plugins of flows, from `cwd` (flows §14); looked into where a scenario runs a flow. */
  readonly plugins: readonly string[];
  /** TypeScript modules may use the host: `--allow fs` or `net`. */
  readonly openModules: boolean;
  /** Real milliseconds that a call of a TypeScript worker or handler may take (`--watchdog`). */
  readonly watchdogMs: number;
  readonly noTests: "fail" | "pass";
  /** Globs of stable ids that are expected to fail, in file order; undefined without `--known-failing`. */
  readonly knownFailing?: readonly KnownGlob[] | undefined;
  readonly artifacts: ArtifactOptions;
}

/** One line of a `--known-failing` file. */
export interface KnownGlob {
  readonly glob: string;
  /** Where it stands: the file as the user wrote it, the place in it. */
  readonly file: string;
  readonly pos: Position;
}

/** What a run leaves below the artifact folder (ami-tests §10, cli.md). */
export interface ArtifactOptions {
  readonly dir: string;
  readonly verbose: boolean;
  readonly kvMetrics: boolean;
  readonly kvDump: boolean;
  /** Emit KV_METRICS and KV_DUMP records for every case. */
  readonly kvEvents: boolean;
}

/** The part of the options that a single case sees; plain data, so that it can be posted to a worker thread. */
export interface CaseOptions
  extends Pick<
      TestOptions,
      "root" | "seed" | "timeoutMs" | "strict" | "update" | "logSteps" | "openModules" | "watchdogMs"
    >,
    Pick<ArtifactOptions, "kvEvents"> {
  /** Hand on the states of all stores, for records or artifacts. */
  readonly keepStates: boolean;
  /** The step kinds of plugins, where some case runs a flow. */
  readonly plugins: readonly PluginStepKind[];
  /** Some case runs a flow. */
  readonly runsFlows: boolean;
  /** Hand on the event logs of scenarios. */
  readonly record: boolean;
  /** Where scratch copies of `rw` fixtures go; the run removes it at its end. */
  readonly scratchDir: string;
  /** Leave them there for the artifacts (`--verbose`). */
  readonly keepScratch: boolean;
}
