/** Where an executor is (flows §13, Transports). */
export type TransportAddress =
  | { readonly kind: "stdio" }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "serial"; readonly device: string; readonly baud: number; readonly hasCrc: boolean };

const BAUD = 115_200;

/** What is wrong with the text of a transport. */
export class AddressError extends Error {}

/**
 * `stdio`, `tcp://HOST:PORT`, `serial:DEV[?baud=N&crc=1]`.
 * @throws AddressError
 */
export function parseTransport(text: string): TransportAddress {
  if (text === "stdio") return { kind: "stdio" };
  const [, name = "", given = ""] = /^tcp:\/\/(.+):(\d{1,5})$/.exec(text) ?? [];
  if (name !== "") {
    const port = Number(given);
    if (port < 1 || port > 65_535) throw new AddressError(`there is no TCP port ${given}; expected 1 to 65535`);
    return { kind: "tcp", host: name.replace(/^\[(.*)\]$/, "$1"), port };
  }
  const [, device, query = ""] = /^serial:([^?]+)(?:\?(.*))?$/.exec(text) ?? [];
  if (device !== undefined) return serial(device, query);
  throw new AddressError(`expected stdio, tcp://HOST:PORT or serial:DEV, found ${text}`);
}

function serial(device: string, query: string): TransportAddress {
  let [baud, hasCrc] = [BAUD, false];
  for (const part of query === "" ? [] : query.split("&")) {
    const [key, value = ""] = part.split("=", 2);
    if (key === "baud" && /^[1-9]\d{0,6}$/.test(value)) baud = Number(value);
    else if (key === "crc" && (value === "0" || value === "1")) hasCrc = value === "1";
    else throw new AddressError(`a serial line takes baud=N and crc=0 or crc=1, not ${part}`);
  }
  return { kind: "serial", device, baud, hasCrc };
}
