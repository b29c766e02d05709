import { type CheckpointOptions, takeCheckpoint } from './audit-checkpoints.js';

/** Takes a checkpoint of the audit chain now, at every interval (an hour in production), and when stopped. */
export async function startCheckpoints(
  options: CheckpointOptions & { readonly everyMs: number },
): Promise<{ stop(): Promise<void> }> {
  const take = async (): Promise<void> => {
    await takeCheckpoint(options).catch((error: unknown) =>
      options.logger.error({ err: error }, 'audit checkpoint failed'),
    );
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
