/**
 * Real milliseconds after which a TypeScript worker is given up (cli.md, `--watchdog`): `WATCHDOG_MS` of ts_workers, whose
 * import would make the flag tables, which every command line loads, heavy.
 */
export const DEFAULT_WATCHDOG_MS = 10_000;

const LONGEST_TIMER = 2_147_483_647;

/** What `--watchdog` takes, for flag tables. */
export const WATCHDOG_VALUE = {
  kind: "value",
  value: "MS",
  integer: { min: 1, max: LONGEST_TIMER },
  default: String(DEFAULT_WATCHDOG_MS),
} as const;
