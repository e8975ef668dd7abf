import { AddressError, type ExecutorName, parseTransport } from "../rep/mod.ts";
import { realAlarms } from "../world/mod.ts";
import { CHECKS } from "./checks/mod.ts";
import { benchOf } from "./process_bench.ts";
import type { CheckRecord, CheckSummary } from "./records.ts";
import { runSuite } from "./run_suite.ts";

export interface CheckExecutorOptions {
  /** `stdio` (default), `tcp://HOST:PORT` or `serial:DEV[?baud=N&crc=1]`. */
  readonly transport?: string;
  /** The id of a check, or the beginning of ids; default: all. */
  readonly only?: string;
  /** Where relative paths count from; default: the working directory. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Hears each record as it comes, in the order of the checks. */
  readonly onRecord?: (record: CheckRecord) => void;
}

/** So many checks are tried at a time: most of their time they wait. */
const AT_ONCE = 8;

/** No check has this id, nor begins with it. */
export class NoSuchCheck extends Error {
  override readonly name = "NoSuchCheck";
}

/** The checks that `--only` keeps. @throws NoSuchCheck */
function chosenChecks(only: string | undefined) {
  if (only === undefined) return CHECKS;
  const chosen = CHECKS.filter(({ id }) => id === only || id.startsWith(only));
  if (chosen.length === 0) throw new NoSuchCheck(`there is no check ${only}`);
  return chosen;
}

/**
 * Holds an executor to REP (flows §16, §19).
 * @param command its path, a command of $PATH or `builtin:mock`, alone or with arguments behind it; a list may be empty where
 * `transport` leads to an executor
 * @throws FlowInputError E_EXECUTOR_PATH
 * @throws RepFault Connect
 * @throws AddressError, NoSuchCheck
 *
 * @example
 * const records = await checkExecutor(["python3", "executor.py"], { only: "REP-STEP" });
 * records.filter(({ status }) => status === "fail");
 */
export async function checkExecutor(
  command: string | readonly string[],
  options: CheckExecutorOptions = {},
): Promise<readonly CheckRecord[]> {
  return (await judgeExecutor(typeof command === "string" ? [command] : command, options)).records;
}

/** The same, with the summary. */
export async function judgeExecutor(
  [path, ...args]: readonly string[],
  options: CheckExecutorOptions,
): Promise<{ readonly records: readonly CheckRecord[]; readonly summary: CheckSummary }> {
  const { transport = "stdio", cwd = process.cwd(), env = process.env, signal, onRecord } = options;
  const checks = chosenChecks(options.only);
  const address = parseTransport(transport);
  const executor: ExecutorName | undefined = path === undefined ? undefined : { path, args };
  if (executor === undefined && address.kind === "stdio")
    throw new AddressError("an executor on stdio needs a command");
  const bench = benchOf({ executor, address, cwd, env, alarms: realAlarms });
  return await runSuite({
    bench,
    checks,
    alarms: realAlarms,
    atOnce: AT_ONCE,
    ...(signal === undefined ? {} : { signal }),
    ...(onRecord === undefined ? {} : { onRecord }),
  });
}
