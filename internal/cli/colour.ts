import { fstatSync, statSync } from "node:fs";

export type ColourChoice = "auto" | "always" | "never";

/**
 * Whether a stream gets colours (DESIGN, output): `--color` decides; then a non-empty NO_COLOR forbids, FORCE_COLOR
 * demands (`0` and `false` forbid), TERM=dumb forbids; then it is up to whether the stream is a terminal.
 */
export function wantsColour(
  choice: ColourChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: () => boolean,
): boolean {
  if (choice !== "auto") return choice === "always";
  if (isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  if (env.TERM === "dumb") return false;
  return isTerminal();
}

/**
 * Whether a file descriptor is a terminal. `node:tty` costs 1.5 ms to load, so it is asked only about character devices
 * other than /dev/null: scripts and CI, where output goes to pipes and files, never pay for it.
 */
export function isTerminal(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    if (!stat.isCharacterDevice() || stat.rdev === statSync("/dev/null").rdev) return false;
  } catch {
    return false; // the descriptor is closed
  }
  return process.getBuiltinModule("node:tty").isatty(fd);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
