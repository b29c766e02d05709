import { describe, expect, it } from '@jest/globals';
import { splitQuestions } from '../../../../src/intents/conversation/two-in-one/split-questions.js';

describe('a message', () => {
  it.each([
    [
      'does it restart my pods? and which version do I need?',
      'does it restart my pods?',
      'which version do I need?',
    ],
    ['which key is it, and what about the masters?', 'which key is it', 'what about the masters?'],
    [
      'the pod has no way out over ipv6, and from outside nobody gets in',
      'the pod has no way out over ipv6',
      'from outside nobody gets in',
    ],
    [
      'raise the conntrack limit and also lower the udp timeout',
      'raise the conntrack limit',
      'lower the udp timeout',
    ],
    ['how big can it be - and can I change it later', 'how big can it be', 'can I change it later'],
  ])('of two questions is cut: "%s"', (text, first, second) => {
    expect(splitQuestions(text)).toEqual([first, second]);
  });

  it.each([
    'which key is it?',
    'pods get no IP and no route',
    'what now? hm?',
    'which key is it? which value is it? which node is it?',
    `why? and what\nkind: ConfigMap`,
  ])('of one question stays whole: "%s"', (text) => {
    expect(splitQuestions(text)).toEqual([text]);
  });
});
