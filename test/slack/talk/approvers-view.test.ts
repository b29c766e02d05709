import { describe, expect, it } from '@jest/globals';
import { approversView } from '../../../src/slack/talk/approvers-view.js';
import { plainText } from '../../support/read-message.js';

/** The lines that name approvers, of clusters c1, c2, … with these groups. */
const linesOf = (groups: readonly string[]): readonly string[] =>
  plainText(
    approversView(
      groups.map((group, n) => ({ cluster: `c${n + 1}`, approvers: { users: [], groups: [group] } })),
    ),
  )
    .split('\n')
    .filter((line) => line.includes('subteam') || line.startsWith('and '));

describe('who may approve', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'is said once of all clusters with the same approvers',
      ['S1', 'S1', 'S1'],
      ['*c1, c2, c3:* <!subteam^S1>'],
    ],
    [
      'is said apart of those with others',
      ['S1', 'S2', 'S1'],
      ['*c1, c3:* <!subteam^S1>', '*c2:* <!subteam^S2>'],
    ],
    [
      'names as many clusters as can be read',
      Array.from({ length: 22 }, () => 'S1'),
      [`*${Array.from({ length: 20 }, (_, n) => `c${n + 1}`).join(', ')} and 2 more:* <!subteam^S1>`],
    ],
  ])('%s', (_what, groups, lines) => {
    expect(linesOf(groups)).toEqual(lines);
  });

  it('counts the clusters that no line is left for', () => {
    expect(linesOf(Array.from({ length: 12 }, (_, n) => `S${n}`)).at(-1)).toBe('and 2 more');
  });
});
