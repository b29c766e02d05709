interface Coalesced {
  request(): void;
}

/** However often it is requested, `work` runs once at a time, and once more after the last request. */
export function coalesce(work: () => Promise<void>, onError: (error: unknown) => void): Coalesced {
  let wanted = false;
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    while (wanted) {
      wanted = false;
      await work().catch(onError);
    }
    running = undefined;
  };
  return {
    request: () => {
      wanted = true;
      running ??= run();
    },
  };
}
