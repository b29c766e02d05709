const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** Five letters as Kubernetes appends them to generated names, from an id. */
export function nameSuffix(id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', '').padEnd(10, '7'), 'hex');
  return [...bytes.subarray(-5)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}
