import { describe, expect, it } from '@jest/globals';
import { remediations } from '../../../../src/remediations/index.js';
import { doesText, touchText } from '../../../../src/slack/fixes/views/card/card-order.js';
import { sampleProposal } from '../../../support/sample-proposal.js';

const params = { vSwitch: 'vsw-1', zone: 'cn-hangzhou-i', maxPerCore: 65536, scheduler: 'lc', seconds: 10 };
const set = (daemonSet: string, pods: number) => ({
  ...{ daemonSet, pods, strategy: 'OnDelete', alsoChanges: [] },
});

describe('what a card says a fix does', () => {
  it.each(remediations.map((remediation) => [remediation.id, remediation] as const))(
    'is an order with its values filled in: %s',
    (_id, remediation) => {
      const target = { kind: 'Node', name: 'node-a' };
      const text = doesText(sampleProposal({ params, target }), remediation);
      expect(text).toMatch(/^[a-z]/);
      expect(text).not.toMatch(/[{}]|undefined|\bto {2}|\.$/);
      expect(remediation.impact).toMatch(/^[A-Z].*\.$/);
    },
  );

  it.each([
    ['a parameter', { node: 'node-b' }, 'cordon-node', 'keep new pods off node node-b'],
    ['the object it is for', {}, 'cordon-node', 'keep new pods off node node-a'],
    [
      'a list',
      { services: ['shop/web', 'shop/api'] },
      'make-service-dual-stack',
      'give Service shop/web, shop/api an IPv6 address too',
    ],
    [
      'its title, where this version does not know it',
      {},
      'gone',
      'add cniVersion to the Flannel config and',
    ],
  ] as const)('names %s', (_title, given, id, says) => {
    const remedy = remediations.find((remediation) => remediation.id === id);
    const target = { kind: 'Node', name: 'node-a' };
    const shown = { ...given } as Record<string, string | string[]>;
    expect(doesText(sampleProposal({ params: shown, target }), remedy)).toContain(says);
  });
});

describe('what a card says a fix touches', () => {
  it.each([
    [[], 'restarts nothing'],
    [[set('kube-flannel-ds', 1)], 'restart 1 Flannel pod (about 1 min)'],
    [[set('kube-flannel-ds', 5)], 'restart 5 Flannel pods, one node at a time (about 2 min)'],
    [
      [set('kube-proxy-worker', 300), set('kube-proxy-master', 3)],
      'restart 300 kube-proxy pods and 3 master kube-proxy pods, one node at a time (about 2 h)',
    ],
    [[set('of-their-own', 2)], 'restart 2 of-their-own pods, one node at a time (about 1 min)'],
  ])('%j', (rollouts, says) => {
    expect(touchText({ rollouts })).toBe(says);
  });
});
