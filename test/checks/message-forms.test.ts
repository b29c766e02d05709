import { describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { chosenForms, manyForms } from '../../src/checks/judging/message-forms.js';

const NOUNS =
  'pod|node|vSwitch|Service|ENI|address|endpoint|range|policy|identity|interface|entry|event|NetworkPolicy|core';
const PLURALS =
  'pods|nodes|vSwitches|Services|ENIs|addresses|endpoints|ranges|policies|identities|interfaces|entries|events|NetworkPolicies|cores';

const BETWEEN =
  '(?:(?:sampled|further|ready|labelled|running|network|node|Terway|Flannel|Cilium|IPv[46]|1 1|2 2|0 0) )?';

const templates = checks.flatMap(({ id, messages }) =>
  Object.entries(messages).map(([key, { text }]) => ({ id: `${id}.${key}`, text })),
);
/** Every slot holds the number. */
const filled = (text: string, n: number): string => {
  const data = Object.fromEntries([...text.matchAll(/\{(\w+)[:}]/g)].map(([, key = '']) => [key, n]));
  return chosenForms(text, data).replace(/\{\w+\}/g, String(n));
};

describe('a message', () => {
  it.each([
    [1, '1 pod waits for its node'],
    [0, '0 pods wait for their node'],
    [2, '2 pods wait for their node'],
  ])('takes the form of %s', (n, said) => {
    expect(filled('{count} {count:pod waits for its|pods wait for their} node', n)).toBe(said);
  });

  it('takes the form of many where its number is none, and in documentation', () => {
    expect(chosenForms('{n:pod|pods}', { n: 'some' })).toBe('pods');
    expect(manyForms('{n} {n:pod has|pods have} {what}')).toBe('{n} pods have {what}');
  });

  it('says "1 pod" and "2 pods", in every check', () => {
    const wrong = templates.flatMap(({ id, text }) =>
      [
        ...(filled(text, 1).match(new RegExp(`(?<!with )\\b1 ${BETWEEN}(?:${PLURALS})\\b`, 'g')) ?? []),
        ...(filled(text, 2).match(new RegExp(`\\b2 ${BETWEEN}(?:${NOUNS})(?! ranges| addresses)\\b`, 'g')) ??
          []),
        ...(filled(text, 0).match(new RegExp(`\\b0 ${BETWEEN}(?:${NOUNS})(?! ranges| addresses)\\b`, 'g')) ??
          []),
      ].map((part) => `${id}: ${part}`),
    );
    expect(wrong).toEqual([]);
  });
});
