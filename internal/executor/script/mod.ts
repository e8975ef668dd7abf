// Misbehaviour on purpose (flows §18, --scripted): the rules of a script, what they can do, and an executor that follows them.
export { loadScript } from "./load_script.ts";
export type { Machine } from "./machine.ts";
export { Script } from "./script.ts";
export { MockScriptSchema } from "./script_schema.ts";
export { ScriptedServer } from "./scripted_server.ts";
