import { describe, expect, it } from '@jest/globals';
import { cutWishes } from '../../../../src/intents/conversation/two-in-one/cut-wishes.js';

describe('a message', () => {
  it.each([
    ['raise conntrack, then set the algorithm to lc', 'raise conntrack', 'set the algorithm to lc'],
    ['new nodes are tainted; besides, ccm logs errors', 'new nodes are tainted', 'ccm logs errors'],
    ['lower the udp timeout, the algorithm as well', 'lower the udp timeout', 'the algorithm as well'],
    ['one is slow & one has no address', 'one is slow', 'one has no address'],
    ['a pod is stuck\nand a node says no', 'a pod is stuck', 'a node says no'],
    ['调大 conntrack 上限，另外 udp timeout 改小', '调大 conntrack 上限', 'udp timeout 改小'],
  ])('of two matters is cut where they join: "%s"', (text, first, second) => {
    expect(cutWishes(text)).toContainEqual([first, second]);
  });

  it.each([
    'terway, on two of nine workers',
    'pods hang. vswitch is empty',
    'a and b',
    `${'long '.repeat(90)}and also this one`,
  ])('that nothing joins is not: "%s"', (text) => {
    expect(cutWishes(text)).toEqual([]);
  });
});
