const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** Five letters as Kubernetes appends them to generated names, from an id. */
export function nameSuffix(id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', '').padEnd(10, '7'), 'hex');
  return [...bytes.subarray(-5)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** Ids whose suffixes never repeat: two pods of one owner would else meet in a name, once in some ten thousand clusters. */
export function withUniqueSuffixes(nextId: () => string): () => string {
  const taken = new Set<string>();
  return () => {
    for (;;) {
      const id = nextId();
      const suffix = nameSuffix(id);
      if (taken.has(suffix)) continue;
      taken.add(suffix);
      return id;
    }
  };
}
