import { describe, expect, it } from '@jest/globals';
import { remediations } from '../../../src/remediations/index.js';
import { explainFixView } from '../../../src/slack/fixes/explain-fix.js';
import { plainText } from '../../support/read-message.js';

const [fix] = remediations;
if (fix === undefined) throw new TypeError('no fix');

/** Clusters with the group that approves on each. */
const linesOf = (groups: readonly string[]): readonly string[] => {
  const approvers = groups.map((group, n) => ({
    cluster: `cluster-${n + 1}`,
    approvers: { users: [], groups: [group] },
  }));
  const text = plainText(explainFixView(fix, { approvers, cluster: 'cluster-1' }));
  return text.split('\n').filter((line) => /^\*(?:May approve|On )/.test(line));
};
const same = (n: number, group = 'S0NETOPS') => Array.from({ length: n }, () => group);

describe('who approves a fix, as its explanation says', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'a group of six clusters is named once, with all of them',
      same(6),
      [
        '*May approve on cluster-1, cluster-2, cluster-3, cluster-4, cluster-5, cluster-6:* <!subteam^S0NETOPS>',
      ],
    ],
    [
      'clusters with other approvers have a line of their own',
      [...same(1), 'S0DBA', ...same(1)],
      [
        '*May approve on cluster-1, cluster-3:* <!subteam^S0NETOPS>',
        '*May approve on cluster-2:* <!subteam^S0DBA>',
      ],
    ],
    [
      'what a line does not name is counted',
      same(12),
      [
        `*May approve on ${Array.from({ length: 10 }, (_, n) => `cluster-${n + 1}`).join(', ')} and 2 more clusters:* <!subteam^S0NETOPS>`,
      ],
    ],
    [
      'so are clusters that no line is left for',
      ['A', 'B', 'C', 'D', 'E', 'F', 'F', 'G'],
      [
        ...['A', 'B', 'C', 'D', 'E'].map(
          (group, n) => `*May approve on cluster-${n + 1}:* <!subteam^${group}>`,
        ),
        '*On 3 more clusters* others may; each card names them.',
      ],
    ],
  ])('%s', (_what, groups, lines) => {
    expect(linesOf(groups)).toEqual(lines);
  });
});
