import type { ConfigKey } from "./config_key.ts";
import { RUNTIME_KEYS } from "./runtime_keys.ts";
import { TEST_KEYS } from "./test_keys.ts";

/** The sections of plumb.yaml with their keys, in the order in which they are shown. */
export const SECTIONS = { runtime: RUNTIME_KEYS, test: TEST_KEYS };
export type SectionName = keyof typeof SECTIONS;

/** The value that a key's schema infers. */
export type ValueOf<K> = K extends ConfigKey<infer T> ? T : never;
