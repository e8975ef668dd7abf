// Handlers of concepts (scenarios.md §3): actions whose bodies are exports of TypeScript or JavaScript modules. Modules are looked
// into without being run; what they may do is guarded against accidents, not against malice.
export { handlerModules } from "./handler_modules.ts";
