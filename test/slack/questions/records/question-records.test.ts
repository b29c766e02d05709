import { describe, expect, it } from '@jest/globals';
import { groupSimilar } from '../../../../src/slack/questions/records/group-similar.js';
import {
  createQuestionRecords,
  type QuestionRecord,
} from '../../../../src/slack/questions/records/question-records.js';
import { questionsCsv } from '../../../../src/slack/questions/records/questions-csv.js';
import { redisForTest } from '../../../support/redis-for-test.js';

const redisOf = redisForTest();
const record = (fields: Partial<QuestionRecord>): QuestionRecord => ({
  exchange: 'C1-1.1',
  kind: 'helpful',
  question: 'no IP',
  entry: 'vswitch-ip-exhausted',
  score: 0.8,
  user: 'U0ANA',
  at: '2026-11-24T03:00:00Z',
  ...fields,
});

describe('what people thought of an answer', () => {
  it('is their last word: a second opinion takes the place of the first', async () => {
    const records = createQuestionRecords(redisOf.connect(), redisOf.newPrefix());
    await records.record(record({}));
    await records.record(record({ kind: 'not-helpful', at: '2026-11-24T03:01:00Z' }));
    await records.record(record({ user: 'U0BO', at: '2026-11-24T03:02:00Z' }));
    const listed = await records.list(['helpful', 'not-helpful']);
    expect(listed.map(({ user, kind }) => `${user} ${kind}`)).toEqual(['U0BO helpful', 'U0ANA not-helpful']);
    expect(await records.list(['unplaced'])).toEqual([]);
  });
});

describe('questions', () => {
  it('that say much the same are one group, the largest first', () => {
    const groups = groupSimilar(
      [
        'vpn does not connect',
        'pods cannot reach the kafka broker',
        'kafka broker not reachable from pods',
        'why is the kafka broker unreachable',
      ],
      (text) => text,
    );
    expect(groups.map((group) => group.length)).toEqual([3, 1]);
  });

  it('as CSV keep commas, quotes and lines, and run no formula', () => {
    const csv = questionsCsv([record({ question: '=HYPERLINK("x"), a\n"b"', score: -1 })]);
    expect(csv).toBe(
      'at,kind,entry,score,user,question\r\n' +
        `2026-11-24T03:00:00Z,helpful,vswitch-ip-exhausted,-1,U0ANA,"'=HYPERLINK(""x""), a\n""b"""\r\n`,
    );
  });
});
