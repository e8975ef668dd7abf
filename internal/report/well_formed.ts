// For the tests of this folder: enough of XML 1.0 to tell a well-formed document from one that is not.

const TOKEN = /<!--.*?-->|<[!?][^<>]*>|<\/?[^<>]*>|[^<]+|</gsu;
const TAG = /^<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w-]*="[^"<]*")*)\s*(\/?)>$/u;
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/iu;
const ILLEGAL = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** Says what is wrong with a document; undefined if it is well-formed. */
export function xmlFault(document: string): string | undefined {
  const illegal = ILLEGAL.exec(document);
  if (illegal !== null) return `illegal character at ${illegal.index}`;
  const entity = ENTITY.exec(document);
  if (entity !== null) return `bare & at ${entity.index}`;
  if (document.includes("]]>")) return "]]> outside of CDATA";
  const open: string[] = [];
  let roots = 0;
  for (const [token] of document.matchAll(TOKEN)) {
    if (token.startsWith("<!") || token.startsWith("<?")) continue;
    if (!token.startsWith("<")) {
      if (open.length === 0 && token.trim() !== "") return `text outside of the root: ${token}`;
      continue;
    }
    const tag = TAG.exec(token);
    if (tag === null) return `no tag: ${token}`;
    const [, close, name = "", , empty] = tag;
    if (close === "/") {
      const expected = open.pop();
      if (expected !== name) return `</${name}> closes <${expected}>`;
    } else {
      if (open.length === 0) roots += 1;
      if (empty !== "/") open.push(name);
    }
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`;
  return roots === 1 ? undefined : `${roots} roots`;
}
