import { describe, expect, it } from '@jest/globals';
import { AcknetError, type ErrorCode } from '../../../src/errors.ts';
import { createQuestionHandler } from '../../../src/jobs/question/run-question-job.ts';
import { attempts } from '../open-job-stand.ts';
import { question } from '../sample-jobs.ts';

function setUp(error?: Error) {
  const told: (string | ErrorCode)[] = [];
  const handle = createQuestionHandler({
    responder: {
      answer: async () => {
        if (error) throw error;
        told.push('answered');
      },
      failed: async (_job, failure) => void told.push(failure.code),
    },
  });
  return { handle, told };
}

const passing = () => new AcknetError('slack.failed', 'ratelimited');
const lasting = () => new AcknetError('intent.invalid', 'broken');

describe('a question', () => {
  it('is answered', async () => {
    const { handle, told } = setUp();
    await handle(question, attempts().attempt());
    expect(told).toEqual(['answered']);
  });

  it.each([
    ['an error that may pass, with attempts left', passing(), {}, []],
    ['an error that may pass, on the last attempt', passing(), { lastAttempt: true }, ['slack.failed']],
    ['an error that lasts', lasting(), {}, ['intent.invalid']],
    ['a fault in acknet', new TypeError('x'), {}, ['job.broken']],
    [
      'workers that keep dying',
      undefined,
      { givenUp: new AcknetError('job.abandoned', 'x') },
      ['job.abandoned'],
    ],
  ])('after %s ends in words once it is final, and not before', async (_what, error, fields, expected) => {
    const { handle, told } = setUp(error);
    await expect(handle(question, attempts(fields).attempt())).rejects.toThrow();
    expect(told).toEqual(expected);
  });
});
