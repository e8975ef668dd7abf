import type { Chain, ErrorDecl, PipelineBody, PipelineDecl, StepNode } from "./ast.ts";
import { printArgs, printAttr } from "./print_attr.ts";

export function printPipeline({ name, body }: PipelineDecl): string {
  return `pipeline ${name.text} ${printBody(body, "")}`;
}

export function printErrorBlock({ body }: ErrorDecl, indent: string): string {
  return `error ${printBody(body, indent)}`;
}

function printBody({ chains, error }: PipelineBody, indent: string): string {
  const inner = `${indent}  `;
  const lines = chains.map((chain) => `${inner}${printChain(chain, inner)}\n`).join("");
  const errors = error === undefined ? "" : `${inner}${printErrorBlock(error, inner)}\n`;
  return `{\n${lines}${errors}${indent}}`;
}

/** Dots begin lines, where they always connect, whatever the step before them ends with. */
function printChain({ steps, connectors }: Chain, indent: string): string {
  return steps
    .map((step, index) => {
      const connector = connectors[index - 1];
      const join = connector === undefined ? "" : connector === "." ? `\n${indent}  .` : " -> ";
      return `${join}${printStep(step, indent)}`;
    })
    .join("");
}

function printStep({ label, name, parens, args, attrs }: StepNode, indent: string): string {
  const head = label === undefined ? name.text : `${label.text} = ${name.text}`;
  const list = attrs.map((attr) => printAttr(attr, indent)).join(", ");
  return `${head}${parens ? printArgs(args, indent) : ""}${list === "" ? "" : ` ${list}`}`;
}
