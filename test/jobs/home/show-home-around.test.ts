import { describe, expect, it } from '@jest/globals';
import { showHomeAround } from '../../../src/jobs/home/show-home-around.ts';
import { attempts } from '../open-job-stand.ts';

describe('Home around a job', () => {
  it.each([
    ['is shown when it begins and when it ends', 'show', ['Home', 'the job', 'Home']],
    ['is left alone by one that changes nothing of it', 'sweep', ['the job']],
  ])('%s', async (_what, task, happens) => {
    const seen: string[] = [];
    const handler = showHomeAround(async () => void seen.push('the job'), {
      showHome: async () => void seen.push('Home'),
      concerns: (job: { readonly task: string }) => job.task !== 'sweep',
    });
    await handler({ task }, attempts().attempt());
    expect(seen).toEqual(happens);
  });
});
