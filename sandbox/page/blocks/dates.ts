const at = (ts: string): Date => new Date(Number(ts.split('.')[0]) * 1000);

export const clock = (ts: string): string =>
  at(ts).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** `Today`, or the weekday and date. */
export function dayOf(ts: string | undefined): string {
  if (ts === undefined) return '';
  const today = new Date().toDateString() === at(ts).toDateString();
  return today ? 'Today' : at(ts).toLocaleDateString([], { weekday: 'long', month: 'long', day: 'numeric' });
}
