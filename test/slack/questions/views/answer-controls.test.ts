import { describe, expect, it } from '@jest/globals';
import { checkBlocks } from '../../../../sandbox/slack/limits/check-blocks.js';
import { answerControls } from '../../../../src/slack/questions/views/answer-controls.js';
import { plainText } from '../../../support/read-message.js';

const fullest = {
  intent: { id: 'e'.repeat(80) },
  exchange: 'C0OPSOPSOPS-1795400000.000100',
  cluster: { name: 'c'.repeat(63) },
  clusters: ['c'.repeat(63), 'other'],
  checks: [{ id: 'one' }, { id: 'two' }],
  ...{ hasMore: true, hasOthers: true, hasAlike: true },
  besides: Array.from({ length: 8 }, (_, n) => ({ id: `entry-${n}`, title: 'Title '.repeat(40) })),
};

describe('the controls under an answer', () => {
  it.each([
    ['at their fullest', fullest],
    ['of no known cluster', { ...fullest, cluster: undefined }],
    ['with nothing else to offer', { ...fullest, hasMore: false, hasAlike: false, besides: [] }],
  ])('are four at most, and Slack takes them %s', (_title, view) => {
    const blocks = answerControls(view);
    expect(blocks.flatMap(({ elements }) => elements).length).toBeLessThanOrEqual(4);
    expect(checkBlocks(JSON.parse(JSON.stringify(blocks)), 'message', '')).toEqual([]);
  });

  it('say what they do: where it is found out, and whether it is this', () => {
    const text = plainText({ blocks: answerControls({ ...fullest, cluster: { name: 'prod' } }) });
    expect(text).toContain('Not sure? Find out on prod whether it is this one');
  });
});
