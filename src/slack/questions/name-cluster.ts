/** The configured cluster that a text names as a word of its own; the longest name wins. */
export function nameCluster(text: string, clusters: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  return [...clusters]
    .sort((a, b) => b.length - a.length)
    .find((name) => {
      const at = lower.indexOf(name);
      if (at === -1) return false;
      const around = `${lower[at - 1] ?? ' '}${lower[at + name.length] ?? ' '}`;
      return !/[a-z0-9_-]/.test(around);
    });
}
