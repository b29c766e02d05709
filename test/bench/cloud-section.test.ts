import { describe, expect, it } from '@jest/globals';
import { betweenMarkers } from '../../bench/check/between-markers.js';
import { cloudSection } from '../../bench/check/cloud/cloud-section.js';

const result = {
  ...{ nodes: 1000, pods: 30_000, aloneMs: 2500, connectedMs: 3000, ratio: 1.2, cpuRatio: 1.1 },
  ...{ calls: { 'vpc:DescribeVpcs': 1, 'ecs:DescribeNetworkInterfaces': 6 }, accountShare: 0.14 },
  overBudget: [] as string[],
};
const small = { ...result, nodes: 100, calls: { 'vpc:DescribeVpcs': 1 } };
const made = { machine: '2 × Some CPU', rounds: 3 };

describe('what npm run bench:check -- --cloud writes', () => {
  const section = cloudSection([small, { ...result, overBudget: ['snat-facts'] }], made);

  it.each([
    ['ratios', '| 1,000 | 30,000 | 2.50 s | 3.00 s | 1.20 | 1.10 | 14 % | `snat-facts` |'],
    ['nothing unknown', '| 100 | 30,000 | 2.50 s | 3.00 s | 1.20 | 1.10 | 14 % | none |'],
    ['calls that only one size makes', '| `ecs:DescribeNetworkInterfaces` | 0 | 6 |'],
    ['all calls', '| all | 1 | 7 |'],
  ])('tells %s', (_what, line) => {
    expect(section.split('\n')).toContain(line);
  });

  it('stands between its own markers, and nowhere else', () => {
    const page = 'a\n<!-- x -->\nold\n<!-- /x -->\nz\n';
    expect(betweenMarkers(page, 'x', 'new')).toBe('a\n<!-- x -->\nnew\n<!-- /x -->\nz\n');
    expect(() => betweenMarkers(page, 'y', 'new')).toThrow('no <!-- y -->');
  });
});
