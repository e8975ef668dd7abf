// Flow IR (flows §6, §9): what every engine agrees on.
export { compileTemplate, resolveTemplate, type Template, type TemplateState } from "./resolve_template.ts";
