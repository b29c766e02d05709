export type OnUnreadable = (id: string, error: unknown) => void;

/** More records of another version than this are told of no further. */
const MOST_TOLD = 1000;

/** What this version cannot read is left as it stands, and told of once: it must not stop whatever else is read. */
export function leaveAside(
  onUnreadable: OnUnreadable | undefined,
): (id: string, error: unknown) => undefined {
  const told = new Set<string>();
  return (id, error) => {
    if (told.has(id) || told.size >= MOST_TOLD) return;
    told.add(id);
    onUnreadable?.(id, error);
  };
}
