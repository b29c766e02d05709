import { describe, expect, it } from '@jest/globals';
import { alertsSchema } from '../../../src/config/schemas/alerts-schema.js';
import { parseConfig } from '../../../src/config/config.js';
import type { Alert } from '../../../src/jobs/alerts/alert.js';
import { chooseRule } from '../../../src/jobs/alerts/choose-rule.js';
import { incidentAlertOf } from '../../../src/jobs/alerts/incident-alert-of.js';
import { placeAlerts } from '../../../src/jobs/alerts/place-alerts.js';

const id = `c${'1'.repeat(32)}`;
const configOf = (alerts: object = {}) => {
  const config = parseConfig(
    {
      clusters: {
        x: { cloud: { clusterId: id, region: 'cn-hangzhou' } },
        y: {},
        shut: { askers: { users: ['U1'] } },
      },
      alerts: { channel: 'C0ALL', ...alerts },
    },
    {
      slack: { botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: 'http://127.0.0.1/' },
      redisUrl: 'redis://127.0.0.1',
    },
  );
  return { clusters: config.clusters, alerts: config.alerts ?? alertsSchema.parse({ channel: 'C0ALL' }) };
};
const alert = (labels: Record<string, string>, name = 'KubeProxyDown'): Alert => ({
  ...{ fingerprint: 'f', name, firing: true, startsAt: '2026-11-24T03:00:00Z' },
  labels,
});

describe('the cluster of an alert', () => {
  it.each([
    ['its name', { cluster: 'x' }, {}, 'x'],
    ['its id', { cluster: id }, {}, 'x'],
    ['the labels of ARMS', { clustername: 'prod', _aliyun_arms_involvedObject_id: id }, {}, 'x'],
    ['a value that acknet.yaml explains', { cluster: 'prod' }, { clusters: { prod: 'y' } }, 'y'],
    ['acknet.yaml, where no label says it', {}, { cluster: 'y' }, 'y'],
    [
      'a label that acknet.yaml names',
      { region: 'y', cluster: 'x' },
      { labels: { cluster: ['region'] } },
      'y',
    ],
  ])('is known by %s', (_title, labels, alerts, cluster) => {
    expect(placeAlerts(configOf(alerts), [alert(labels)])).toMatchObject({
      placed: [{ cluster, channel: 'C0ALL' }],
      unplaced: [],
    });
  });

  it.each([
    ['a name that is none', { cluster: 'z' }, {}, { kind: 'unknown', named: 'z' }],
    [
      'a name that is none, also where acknet.yaml names one for alerts without',
      { cluster: 'z' },
      { cluster: 'y' },
      { kind: 'unknown', named: 'z' },
    ],
    ['a name of every object', { cluster: 'constructor' }, {}, { kind: 'unknown', named: 'constructor' }],
    ['two names', { cluster: 'x', clustername: 'y' }, {}, { kind: 'several', named: 'x, y' }],
    ['nothing', {}, {}, { kind: 'unnamed' }],
    ['one that only some may see', { cluster: 'shut' }, {}, { kind: 'restricted', cluster: 'shut' }],
  ])('is not guessed from %s', (_title, labels, alerts, unplaced) => {
    expect(placeAlerts(configOf(alerts), [alert(labels)])).toMatchObject({
      placed: [],
      unplaced: [unplaced],
    });
  });

  it('that only some may see is told in the channel named for it, whatever a rule says', () => {
    const alerts = {
      channels: { shut: 'C0SHUT' },
      rules: [{ alerts: ['KubeProxyDown'], channel: 'C0RULE' }],
    };
    expect(
      placeAlerts(configOf(alerts), [alert({ cluster: 'shut' }), alert({ cluster: 'y' })]).placed,
    ).toMatchObject([
      { cluster: 'shut', channel: 'C0SHUT' },
      { cluster: 'y', channel: 'C0RULE' },
    ]);
  });
});

describe('the rule of an alert', () => {
  it.each([
    ['KubeNodeNotReady', {}, 'node'],
    ['KubeNodeUnreachable', {}, 'node'],
    ['KubePodNotReady', {}, 'namespace'],
    ['KubeProxyDown', {}, 'cluster'],
    ['CoreDNSDown', {}, 'cluster'],
    ['NodeNetworkReceiveErrs', {}, 'node'],
    ['KubeDaemonSetRolloutStuck', { daemonset: 'terway-eniip' }, 'cluster'],
    ['KubeDaemonSetRolloutStuck', { daemonset: 'node-exporter' }, undefined],
    ['KubePodCrashLooping', { pod: 'coredns-5d' }, 'cluster'],
    ['KubePodCrashLooping', { pod: 'shop-5d' }, undefined],
    ['KubeQuotaAlmostFull', {}, undefined],
    ['constructor', {}, undefined],
  ])('%s %j looks at: %s', (name, labels, only) => {
    expect(chooseRule({ rules: [] }, { name, labels })?.only).toBe(only);
  });

  it.each([
    ['its own', 'Mine', ['dns']],
    ['one with a star', 'MineToo', ['dns']],
    ['what is to be left alone, though acknet knows it', 'KubeProxyDown', undefined],
  ])('may be %s', (_title, name, checks) => {
    const { alerts } = configOf({
      rules: [
        { alerts: ['Mine*'], checks: ['dns'] },
        { alerts: ['KubeProxyDown'], ignore: true },
      ],
    });
    expect(chooseRule(alerts, { name, labels: {} })?.checks).toEqual(checks);
  });
});

describe('where an alert is', () => {
  it('is read from its labels, where these can be names', () => {
    const { alerts } = configOf();
    const labels = { node: 'cn-hangzhou.10.0.0.1', namespace: 'password=hunter2', pod_name: 'shop-5d' };
    expect(incidentAlertOf(alerts, alert(labels))).toMatchObject({
      node: 'cn-hangzhou.10.0.0.1',
      namespace: undefined,
      pod: 'shop-5d',
    });
  });
});
