import type { JobHandler } from '../job-context.js';

/** What people have open is shown anew when such a job begins and when it ends. */
export function showHomeAround<T>(handler: JobHandler<T>, showHome: () => Promise<void>): JobHandler<T> {
  return async (job, context) => {
    await showHome();
    try {
      await handler(job, context);
    } finally {
      await showHome();
    }
  };
}
