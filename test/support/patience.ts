/** A machine with busy neighbours is so many times slower than a quiet one; `ACKNET_TEST_SLOWNESS` says otherwise. */
const slowness = Number(process.env.ACKNET_TEST_SLOWNESS ?? 10);

/**
 * How long a test waits for what takes no longer than `quietMs` on a quiet machine. The one place where limits of
 * tests scale: nothing waits so long but a test that fails.
 */
export const patience = (quietMs: number): number => quietMs * slowness;
