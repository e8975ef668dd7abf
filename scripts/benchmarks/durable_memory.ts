import { join } from "node:path";
import { openStore } from "../../internal/store/mod.ts";
import { countingProgram, countSteps } from "./counting.ts";

// Counts on a log on disk and prints the resident memory after a fifth of the steps and at the end:
// `bun durable_memory.ts FOLDER STEPS`.

const [folder = "", text = ""] = process.argv.slice(2);
const steps = Number(text);
const program = await countingProgram(folder);
const store = openStore(join(folder, "memory.db"), { specHash: program.specHash });
store.migrate(program.stateTables);
const seen: number[] = [];
countSteps(program, store, steps, {
  told: (done) => {
    if (seen.length === 0 && done >= steps / 5) seen.push(process.memoryUsage().rss);
  },
});
seen.push(process.memoryUsage().rss);
store.close();
await Bun.write(Bun.stdout, JSON.stringify(seen));
