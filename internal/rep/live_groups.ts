import { accessSync, constants } from "node:fs";

// No executor outlives plumb (flows §13): groups that are alive are ended when this process exits, in whatever way. While there
// are any, a shell waits for the end of its stdin, which comes even after kill -9 of plumb, and ends them; `setpriv` ties only the
// executor itself to plumb, not what that started.

const SHELL = "/bin/sh";

/** Lines `+ GROUP` and `- GROUP`; at the end of input all that were not taken back are killed. */
const GUARD = `trap '' INT TERM HUP
live=
while read -r sign group; do
  case $sign in
  +) live="$live $group" ;;
  -) kept=; for one in $live; do [ "$one" = "$group" ] || kept="$kept $one"; done; live=$kept ;;
  esac
done
for group in $live; do kill -KILL "-$group"; done`;

type Guard = Bun.Subprocess<"pipe", "ignore", "ignore">;

const live = new Set<number>();
let guard: Guard | undefined;
let watchesExit = false;

/** A process group that was started; its leader's process id is its name. */
export function addGroup(leader: number): void {
  live.add(leader);
  if (!watchesExit) {
    watchesExit = true;
    process.on("exit", () => {
      for (const leader of live) killGroup(leader, "SIGKILL");
    });
  }
  guard ??= startGuard();
  tell(`+ ${leader}\n`);
}

/** The group is gone. */
export function removeGroup(leader: number): void {
  if (!live.delete(leader)) return;
  tell(`- ${leader}\n`);
  if (live.size > 0) return;
  guard?.stdin.end();
  guard = undefined;
}

/** False: there is nobody in the group. */
export function killGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}

function startGuard(): Guard | undefined {
  try {
    accessSync(SHELL, constants.X_OK);
    const started = Bun.spawn([SHELL, "-c", GUARD, "plumb-guard"], {
      stdin: "pipe",
      stdout: "ignore",
      stderr: "ignore",
      env: {},
      cwd: "/",
      detached: true,
    });
    started.unref();
    return started;
  } catch {
    return undefined; // then only setpriv and the exit of this process remain
  }
}

function tell(line: string): void {
  if (guard === undefined) return;
  try {
    guard.stdin.write(line);
    const flushed: unknown = guard.stdin.flush();
    if (flushed instanceof Promise) flushed.catch(() => undefined);
  } catch {
    guard = undefined; // somebody ended it
  }
}
