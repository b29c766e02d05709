/** "access key id: x", as consoles and people write it; '' = no such words. */
export function withWordsBefore(text: string, start: number, name: string): string {
  if (!/^(?:key|id)$/i.test(name)) return '';
  const before = /(?:[A-Za-z]{1,20} ){1,2}$/.exec(text.slice(Math.max(0, start - 45), start))?.[0];
  return before === undefined ? '' : before + name;
}
