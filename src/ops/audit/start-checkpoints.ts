import { type Checkpoint, type CheckpointOptions, takeCheckpoint } from './audit-checkpoints.js';

/** Takes a checkpoint of the audit chain now, at every interval (an hour in production), and when stopped. */
export async function startCheckpoints(
  options: CheckpointOptions & { readonly everyMs: number },
): Promise<{ stop(): Promise<void> }> {
  /** Remembered here, where who can write to Redis does not reach it. */
  let signed: Checkpoint | undefined;
  const take = async (): Promise<void> => {
    try {
      const taken = await takeCheckpoint(options, signed);
      if (taken.signed) signed = taken;
    } catch (error) {
      options.logger.error({ err: error }, 'audit checkpoint failed');
    }
  };
  await take();
  const timer = setInterval(() => void take(), options.everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await take();
    },
  };
}
