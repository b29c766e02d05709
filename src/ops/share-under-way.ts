interface Kept<T> {
  /** What came of it serves who asks so long after; a fault serves nobody later. */
  readonly keepMs: number;
  /** Whether a result is one that serves later; absent = each is. */
  readonly keeps?: ((result: T) => boolean) | undefined;
  /** Milliseconds that only go forward. */
  readonly watch: () => number;
}

/** What is asked for while the same is under way is not begun again: whoever asks gets what comes of it. */
export function shareUnderWay<T>(
  { keepMs, keeps, watch }: Kept<T> = { keepMs: 0, watch: () => 0 },
): (key: string, work: () => Promise<T>) => Promise<T> {
  const shared = new Map<string, { readonly result: Promise<T>; until: number }>();
  return (key, work) => {
    const known = shared.get(key);
    if (known !== undefined && watch() < known.until) return known.result;
    const begun = { result: work(), until: Number.POSITIVE_INFINITY };
    shared.set(key, begun);
    const forget = (): boolean => shared.get(key) === begun && shared.delete(key);
    begun.result.then((result) => {
      if (keepMs > 0 && keeps?.(result) !== false) begun.until = watch() + keepMs;
      else forget();
    }, forget);
    return begun.result;
  };
}
