import { version } from "../../package.json" with { type: "json" };

// The entry point. What stands here runs before anything is loaded, so that `plumb --version` stays within 1.3 times the
// start of an empty program (issue 2, benchmarks); everything else is imported when it is needed.

/** Set by scripts/build to the way in which it was built. */
declare const PLUMB_BUILD: "compiled" | undefined;

/** Variables that any executable made by Bun obeys before our first line runs (BUN.md, security). */
const OBEYED_BY_BUN = ["BUN_OPTIONS", "BUN_BE_BUN", "BUN_INSPECT"] as const;

const argv = process.argv.slice(2);
const warnings = OBEYED_BY_BUN.filter((name) => (process.env[name] ?? "") !== "");
const broken = brokenBuild(typeof PLUMB_BUILD === "string", Bun.main.startsWith("/$bunfs/"));

if (broken !== undefined) {
  // biome-ignore lint/suspicious/noConsole: nothing of this build can be trusted, not even that it can load a module
  console.error(`error: ${broken}`);
  process.exit(70);
} else if (argv.length === 1 && argv[0] === "--version" && warnings.length === 0) {
  // biome-ignore lint/suspicious/noConsole: importing node:fs for the output module costs 1 ms of the start-up budget
  console.log(`plumb ${version}`);
} else {
  start();
}

/**
 * Says what is wrong if the executable is not what scripts/build made. `strip` turns it into plain Bun, which does not
 * run this file at all: that is caught by scripts/build, which starts its result. What can be seen here is a build by
 * other means, without the switches that keep `.env` and bunfig.toml of the working directory out.
 */
function brokenBuild(builtAsExecutable: boolean, runsAsExecutable: boolean): string | undefined {
  if (builtAsExecutable === runsAsExecutable) return undefined;
  return builtAsExecutable
    ? `plumb was built as one executable but runs from ${Bun.main}: build it again with scripts/build`
    : "this executable was not made by scripts/build, so it would load .env and bunfig.toml of any folder; build it again";
}

function start(): void {
  let finished = false;
  // A promise that never settles would end the process with exit 0, as if everything had passed.
  process.once("beforeExit", () => {
    if (finished) return;
    // biome-ignore lint/suspicious/noConsole: the program that owns the output module is what got stuck
    console.error("internal error: plumb stopped before it was done; this is a bug of plumb (blame: tool)");
    process.exit(70);
  });
  import("./program.ts")
    .then(({ runProgram }) => runProgram({ argv, version, warnings }))
    .then(
      (exitCode) => {
        finished = true;
        process.exit(exitCode);
      },
      (error: unknown) => {
        finished = true;
        // biome-ignore lint/suspicious/noConsole: the program could not be loaded, so neither could the output module
        console.error(`internal error: plumb could not start (blame: tool): ${String(error)}`);
        process.exit(70);
      },
    );
}
