// What one call of a worker may use. Those that pipelines §4 leaves open bound time to a few seconds and memory to a
// gigabyte, whatever a worker does; they are counted, not measured, so that every machine ends a call at the same place.

/** Turns of loops and calls of declared functions (pipelines §4). */
export const MAX_STEPS = 100_000;

/** Calls inside each other (pipelines §4). */
export const MAX_CALLS = 200;

/** Elements of a list, entries of a map, characters of a string (pipelines §4), and elements and entries of a value in all. */
export const MAX_SIZE = 1_048_576;

/** Characters of all strings and keys of a value: one long string may stand in many places and take no memory yet. */
export const MAX_CHARACTERS = 16 * MAX_SIZE;

/** Lists and maps inside each other: JSON has no deeper ones (scenarios §1). */
export const MAX_DEPTH = 256;

/** Parts or characters from which on putting a value into another is worth weighing that. */
export const LARGE = 4096;

/**
 * Elements that built-in functions, copies and comparisons may go over, and sixteen times as many characters. Steps do not
 * count them, and 100,000 steps over values of a million elements would take hours.
 */
export const MAX_WORK = 2 ** 27;

/** Levels of syntax that are being evaluated, over all calls inside each other: the engine's stack holds some 60,000. */
export const MAX_LEVELS = 10_000;
