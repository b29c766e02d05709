import { describe, expect, it } from '@jest/globals';
import { cardText } from '../../../../src/slack/fixes/views/card/card-heading.js';
import { sampleProposal } from '../../../support/sample-proposal.js';

const detail = 'Checked again: clear. 5 of 5 nodes are Ready.';
const appliedAt = '2026-03-01T12:06:00Z';

describe('the heading of a card', () => {
  it.each([
    ['that stands says Fixed', { state: 'fixed', detail }, /\. Fixed\. Checked again/],
    [
      'that was undone says so, and its outcome is history',
      { state: 'fixed', detail, undone: 'done' },
      /Undone: this fix is not in effect any more\. Before the undo: Checked again/,
    ],
    [
      'whose undo stopped half-way does not say Fixed',
      { state: 'fixed', detail, undone: 'begun' },
      /An undo of this fix was begun: see its card\. Before the undo/,
    ],
    ['that was never proven says applied', { state: 'unknown', appliedAt }, /Made, not shown to work/],
    ['that stopped half-way says where to look', { state: 'unknown' }, /Outcome open: look at the cluster/],
  ] as const)('%s', (_title, fields, says) => {
    expect(cardText(sampleProposal(fields))).toMatch(says);
  });
});
