import { expect, test } from "bun:test";
import { givenRuntime } from "../config/mod.ts";
import { leaseEngine } from "./kept_engines.ts";

test("calls share an executor only where they would start the same one: by settings, arguments and environment", async () => {
  const settings = givenRuntime({ executor_path: "builtin:mock", reuse: true });
  const setup = { engine: "proc", settings, cwd: "/", env: { PATH: "/bin" } } as const;
  const setups = [
    setup,
    { ...setup, env: { PATH: "/bin" }, seed: 7 },
    { ...setup, env: { PATH: "/bin", MORE: "1" } },
    { ...setup, executorArgs: ["--checks"] },
  ];
  const leases = await Promise.all(setups.map(leaseEngine));
  const [first, ...others] = leases.map(({ engine }) => engine);
  expect(others.map((engine) => engine === first)).toEqual([true, false, false]);
  await Promise.all(leases.map(({ release }) => release()));
});
