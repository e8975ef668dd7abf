const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc & 0xffff;
});

/** CRC-16/XMODEM (polynomial 1021, initial value 0), by which lines on a serial line are told from noise (flows §13). */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ (TABLE[(crc >> 8) ^ byte] ?? 0);
  return crc;
}

/** As it stands behind the TAB: four upper-case hex digits. */
export function crcText(bytes: Uint8Array): string {
  return crc16(bytes).toString(16).toUpperCase().padStart(4, "0");
}
