/** `notReadable`: something could not be read, and nothing was found. `usage` is sysexits' EX_USAGE. */
export const exitCodes = {
  done: 0,
  found: 1,
  failed: 1,
  notReadable: 2,
  usage: 64,
} as const satisfies Record<string, number>;
