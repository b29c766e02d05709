import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import type { CheckRun } from '../../../src/engine/checking/check-run.js';
import { contradictionsIn } from '../../support/claims-of.js';
import { configMap, fixture } from '../../support/kube-objects.js';
import { judged } from '../../support/scenario-bases.js';
import {
  eniConfigMap,
  event,
  host,
  type InterfaceShape,
  pod,
  terwayNode,
  terwayPod,
} from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const config = (...vSwitches: readonly string[]): JsonObject =>
  eniConfigMap({
    daemon: { vswitches: { 'cn-hangzhou-i': vSwitches }, ipam_type: 'crd' },
    writtenAt: '2026-11-01T01:00:00Z',
  });
const NOW = '2026-11-24T02:55:00Z';
const full: InterfaceShape = {
  vSwitch: 'vsw-a',
  addresses: { '10.0.40.11': 'shop/web-0' },
  insufficientAt: NOW,
};
/** Two ENIs at most, both on vsw-a without a free address; vsw-b is configured for it too. */
const spent = (name: string): JsonObject =>
  terwayNode(name, { options: ['vsw-a', 'vsw-b'], quota: 2, interfaces: [full, full] });
const empty = (vSwitch: string, node: string): JsonObject =>
  event(
    `errCode: InvalidVSwitchId.IpNotEnough, msg: The specified VSwitch "${vSwitch}" has not enough IpAddress.`,
    {
      about: node,
      kind: 'Node',
      at: NOW,
    },
  );
const nodes = ['n1', 'n2'].flatMap((name) => [terwayPod(name), pod(`web-${name}`, { node: name })]);

const run = async (...objects: readonly JsonObject[]): Promise<CheckRun> =>
  judged(
    { objects: [set, ...nodes, ...objects], logs: {}, version: 'v1.30.1-aliyun.1' },
    { checks, symptoms: 'whole' },
  );
const messagesOf = ({ checks: results }: CheckRun): Readonly<Record<string, string>> =>
  Object.fromEntries(
    results.flatMap(({ findings }) =>
      findings.filter(({ severity }) => severity === 'problem').map(({ id, message }) => [id, message]),
    ),
  );
const causeOf = ({ symptoms }: CheckRun, podName: string): string | undefined =>
  symptoms?.find(({ kind, about }) => kind === 'pod-waiting' && about.name === podName)?.by?.split(' ')[0];

describe('a spent ENI quota beside an empty vSwitch', () => {
  it('keeps the pods of its node; the vSwitch keeps the others, and says which have a nearer cause', async () => {
    // n2 may use vsw-a alone, so for its sake a vSwitch is to be added.
    const own = { 'terway-config': 'eni-own' };
    const told = await run(
      config('vsw-a', 'vsw-b'),
      configMap('eni-own', { eni_conf: JSON.stringify({ vswitches: { 'cn-hangzhou-i': ['vsw-a'] } }) }),
      host('n1'),
      host('n2', { labels: own }),
      spent('n1'),
      empty('vsw-a', 'n1'),
      empty('vsw-a', 'n2'),
    );
    expect(causeOf(told, 'web-n1')).toBe('eni-quota-exhausted.oldInterfaces');
    expect(causeOf(told, 'web-n2')).toBe('vswitch-addresses-exhausted.exhausted');
    expect(messagesOf(told)['vswitch-addresses-exhausted.exhausted']).toBe(
      'vSwitch vsw-a (zone cn-hangzhou-i) has no free address left: 2 nodes get none from it, and 2 pods wait there. Add a vSwitch of the same zone. ' +
        'For n1 another cause is nearer: 1 node full of ENIs on empty vSwitches: rotate it. Mend that first; this one is possible there too.',
    );
    expect(contradictionsIn(told)).toEqual([]);
  });

  it('is no reason to rotate the node while every vSwitch is empty: one is added first', async () => {
    const told = await run(
      config('vsw-a', 'vsw-b'),
      host('n1'),
      host('n2'),
      spent('n1'),
      empty('vsw-a', 'n1'),
      empty('vsw-a', 'n2'),
      empty('vsw-b', 'n2'),
    );
    expect(messagesOf(told)).not.toHaveProperty(['eni-quota-exhausted.oldInterfaces']);
    expect(causeOf(told, 'web-n1')).toBe('vswitch-addresses-exhausted.exhausted');
    expect(messagesOf(told)['vswitch-addresses-exhausted.exhausted']).toMatch(
      /Add a vSwitch of the same zone\.$/,
    );
    expect(contradictionsIn(told)).toEqual([]);
  });
});

describe('two causes of the cloud on one node', () => {
  it('are each told with the pods whose own words name it, and neither as the nearer one of the other', async () => {
    const refused = (about: string, code: string): JsonObject =>
      event(`failed to setup network: errCode: ${code}`, {
        about,
        reason: 'FailedCreatePodSandBox',
        at: NOW,
      });
    const told = await run(
      config('vsw-a'),
      host('n1'),
      pod('api-n1', { node: 'n1' }),
      refused('web-n1', 'Forbidden.RAM'),
      refused('api-n1', 'SecurityGroupInstanceLimitExceed'),
    );
    expect(causeOf(told, 'web-n1')).toBe('eni-quota-exhausted.denied');
    expect(causeOf(told, 'api-n1')).toBe('eni-quota-exhausted.securityGroupFull');
    const messages = messagesOf(told);
    expect(messages['eni-quota-exhausted.denied']).toMatch(
      / For shop\/api-n1 it is another one: A security group is full: 1 node gets no new address\.$/,
    );
    expect(messages['eni-quota-exhausted.securityGroupFull']).toMatch(
      / For shop\/web-n1 it is another one: Terway may not call the cloud \(Forbidden\.RAM\): look at its RAM role\.$/,
    );
    expect(Object.values(messages).join(' ')).not.toContain('Mend that first');
    expect(contradictionsIn(told)).toEqual([]);
  });
});

describe('every message that explains symptoms', () => {
  it('says what its advice has somebody change, unless its check only sorts what shows', () => {
    const open = checks
      .filter(({ area }) => area !== 'across')
      .flatMap(({ id, messages }) =>
        Object.entries(messages)
          .filter(([, { explains, mends }]) => (explains === undefined) !== (mends === undefined))
          .map(([message]) => `${id}.${message}`),
      );
    expect(open).toEqual([]);
  });
});
