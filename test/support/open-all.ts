interface Closable {
  close(): Promise<void>;
}

/**
 * All of them, or none: where one does not open, those that did are closed before its fault is told, as what is left open
 * keeps jest from ending.
 */
export async function openAll<T extends Closable>(opening: readonly Promise<T>[]): Promise<readonly T[]> {
  const opened = await Promise.allSettled(opening);
  const refused = opened.find((each) => each.status === 'rejected');
  if (refused === undefined)
    return opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  await Promise.all(opened.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
  throw refused.reason;
}
