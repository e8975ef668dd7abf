// The only door to time, order and chance (DESIGN, three ideas): clocks, schedulers, seeded random numbers, flow tokens
// and the wall clock of the machine. Whatever else needs one of these takes it as an argument.
export * from "./agenda.ts";
export * from "./alarms.ts";
export * from "./clock.ts";
export * from "./deterministic_clock.ts";
export * from "./fixed_flow_generator.ts";
export * from "./fixed_wall.ts";
export * from "./flow_tokens.ts";
export * from "./manual_alarms.ts";
export * from "./quick_time.ts";
export * from "./real_time.ts";
export * from "./rng.ts";
export * from "./run_tokens.ts";
export * from "./scheduler.ts";
export * from "./uuid_flow_generator.ts";
export * from "./virtual_scheduler.ts";
export * from "./wall.ts";
export * from "./world.ts";
