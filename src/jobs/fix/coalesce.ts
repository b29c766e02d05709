interface Coalesced {
  request(): void;
}

/** However often it is requested, `work` runs once at a time, and once more after the last request. */
export function coalesce(work: () => Promise<void>, onError: (error: unknown) => void): Coalesced {
  let wanted = false;
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    while (wanted) {
      wanted = false;
      await work().catch(onError);
    }
    running = false;
  };
  return {
    request: () => {
      wanted = true;
      if (!running) void run();
    },
  };
}
