// Handlers of concepts (scenarios.md §3): actions whose bodies are exports of TypeScript or JavaScript modules. Modules are looked
// into without being run; their exports are called in a thread of their own, held to their time and ended when they hold it. What
// they may do is guarded against accidents, not against malice.
export { handlerModules } from "./handler_modules.ts";
export { HandlerThreads, type HandlerThreadsOptions } from "./handler_threads.ts";
