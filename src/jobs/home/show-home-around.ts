import type { JobHandler } from '../job-context.js';

interface Around<T> {
  readonly showHome: () => Promise<void>;
  /** Whether a job can change what Home shows. */
  readonly concerns?: ((job: T) => boolean) | undefined;
}

/** What people have open is shown anew when such a job begins and when it ends. */
export function showHomeAround<T>(
  handler: JobHandler<T>,
  { showHome, concerns = () => true }: Around<T>,
): JobHandler<T> {
  return async (job, context) => {
    if (!concerns(job)) return handler(job, context);
    await showHome();
    try {
      await handler(job, context);
    } finally {
      await showHome();
    }
  };
}
