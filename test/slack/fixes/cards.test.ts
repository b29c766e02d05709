import { describe, expect, it } from '@jest/globals';
import { type Care, proposalStates } from '../../../src/proposals/proposal.js';
import { cameBackView } from '../../../src/slack/fixes/views/came-back.js';
import { type CardView, cardView } from '../../../src/slack/fixes/views/card/card.js';
import { drawMessage } from '../../support/draw-message.js';
import { expectGolden, expectGoldenText } from '../../support/expect-golden.js';
import { expectSendable } from '../expect-sendable.js';
import { longCard, shortCard, undoCard } from './sample-cards.js';

const golden = (name: string): string => `test/slack/fixes/golden/${name}`;
const WIDE = 100;
const cards: Readonly<Record<string, (state: (typeof proposalStates)[number]) => CardView>> = {
  shortest: shortCard,
  longest: longCard,
  undo: undoCard,
};

/** Every state of one kind of card, as people see it. */
const drawn = (kind: keyof typeof cards, width: number): string =>
  proposalStates
    .map((state) => {
      const { first } = cardView((cards[kind] ?? shortCard)(state));
      return `=== ${state}\n${first.text}\n\n${drawMessage(first.blocks, { width, open: true })}`;
    })
    .join('\n');

describe('as they were looked at and found good: cards', () => {
  it.each(Object.keys(cards).flatMap((kind) => [WIDE, 45].map((width) => [kind, width] as const)))(
    'of every state, %s, in a width of %i',
    (kind, width) => {
      expectGoldenText(golden(`${kind}-${width}.golden.txt`), drawn(kind, width));
    },
  );

  it.each(['proposed', 'failed', 'fixed'] as const)('that are %s, block by block', (state) => {
    expectGolden(golden(`${state}.golden.json`), cardView(shortCard(state)));
  });

  it.each(Object.keys(cards))('are taken by Slack, %s', (kind) => {
    for (const state of proposalStates) expectSendable(cardView((cards[kind] ?? shortCard)(state)).first);
  });
});

describe('the card of an undo', () => {
  it.each([
    [{ repairs: false }, 'pressed Undo, so someone else must approve it.'],
    [
      { repairs: true },
      'pressed Undo and may approve it too, having approved the fix that did not end well.',
    ],
    [{ repairs: false, selfApproval: true }, undefined],
  ] as const)('of %j says of who pressed it: %s', (terms, sentence) => {
    const drawn = drawMessage(cardView({ ...undoCard('proposed'), ...terms }).first.blocks, { width: 200 });
    expect(drawn.split('\n').find((line) => line.includes('pressed Undo'))).toBe(
      sentence && `@U0ANA ${sentence}`,
    );
  });
});

describe('the card of a fix that was looked at again', () => {
  const cared = (outcome: 'held' | 'back' | 'untold', hours = 1) => {
    const card = shortCard('fixed');
    const care = [{ hours, at: '2026-11-24T05:00:00Z', outcome, detail: 'No cniVersion again.' }];
    return { ...card, proposal: { ...card.proposal, care } };
  };

  it.each([
    ['held', 'Held after 1 h', false],
    ['untold', 'Not known whether it held after 1 h: No cniVersion again.', false],
    ['back', 'Did not hold: after 1 h it was found again. No cniVersion again.', true],
  ] as const)('%s says so', (outcome, words, checks) => {
    const { first } = cardView(cared(outcome));
    expectSendable(first);
    expect(drawMessage(first.blocks, { width: WIDE })).toContain(words);
    expect(drawMessage(first.blocks, { width: WIDE }).includes('Check again')).toBe(checks);
  });

  it('says only the last word, and none of a fix that was undone', () => {
    const card = cared('held');
    const later = {
      ...card.proposal,
      care: [...card.proposal.care, { ...card.proposal.care[0], hours: 24 }],
    };
    const words = drawMessage(cardView({ ...card, proposal: later as never }).first.blocks, { width: WIDE });
    expect(words).toContain('Held after 24 h');
    expect(words).not.toContain('after 1 h');
    const undone = { ...card.proposal, undone: 'done' as const };
    expect(drawMessage(cardView({ ...card, proposal: undone }).first.blocks, { width: WIDE })).not.toContain(
      'Held',
    );
  });

  it('that did not hold is told in its thread, to who asked, with a button', () => {
    const { proposal } = cared('back');
    const message = cameBackView(proposal, proposal.care[0] as Care);
    expectSendable(message);
    expect(message.text).toMatch(/^The fix on \S+ did not hold, 1 h after it worked: .*No cniVersion again/);
    expect(drawMessage(message.blocks, { width: WIDE })).toContain('Check again');
  });
});

/** Words of the trade, of the code, of kubectl and of diff, which who approves at night has to guess at. */
const jargon = [
  /\b(on|after)delete\b/i,
  /rollingupdate/i,
  /superseded/i,
  /\bproposed\b/i,
  /\bproposal\b/i,
  /\bstale\b/i,
  /\bunproven\b/i,
  /still-found/i,
  /\bquorum\b/i,
  /\bcanary\b/i,
  /\bdrift\b/i,
  /\bdigest\b/i,
  /dry[ -]run/i,
  /should then be clear/i,
  /@@/,
  /\babort/i,
];

describe('no card of any state', () => {
  it.each(jargon.map((word) => [word]))('says %s', (word) => {
    const all = Object.keys(cards)
      .flatMap((kind) => proposalStates.map((state) => cardView((cards[kind] ?? shortCard)(state)).first))
      .map(({ text, blocks }) => `${text}\n${drawMessage(blocks, { open: true })}`);
    expect(all.filter((text) => word.test(text.replace(/=== .*/, '')))).toEqual([]);
  });
});
