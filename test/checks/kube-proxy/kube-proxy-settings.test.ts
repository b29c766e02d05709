import { describe, expect, it } from '@jest/globals';
import { stopsKubeProxy } from '../../../src/checks/kube-proxy/document/kube-proxy-fault.js';
import {
  conntrackMaximum,
  readKubeProxyConfig,
} from '../../../src/checks/kube-proxy/document/kube-proxy-settings.js';
import { goDuration } from '../../../src/checks/kube-proxy/go/go-duration.js';

const HEAD = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';

describe('durations as Go reads them', () => {
  it.each([
    ['10s', 10_000],
    ['1h15m30.5s', 4_530_500],
    ['250ms', 250],
    ['0', 0],
    ['0s', 0],
    ['.5s', 500],
    ['-2s', -2000],
    ['10', undefined],
    ['10 s', undefined],
    ['ten', undefined],
    ['', undefined],
    ['1d', undefined],
    ['9'.repeat(100_000), undefined],
  ])('reads %j as %p ms', (text, ms) => {
    expect(goDuration(text)).toBe(ms === undefined ? undefined : BigInt(ms * 1e6));
  });
});

describe('the limit kube-proxy sets', () => {
  it.each([
    [{ maxPerCore: 65_536, min: undefined }, 4, 262_144],
    [{ maxPerCore: 16_384, min: undefined }, 4, 131_072],
    [{ maxPerCore: 16_384, min: 0 }, 4, 65_536],
    [{ maxPerCore: undefined, min: undefined }, 8, 262_144],
    [{ maxPerCore: 0, min: 500_000 }, 8, undefined],
  ])('is %j on %d cores: %p', (settings, cores, maximum) => {
    expect(conntrackMaximum(settings, cores)).toBe(maximum);
  });
});

describe('the settings', () => {
  it('are read with what is missing left out', () => {
    const { settings, faults } = readKubeProxyConfig(
      `${HEAD}mode: ipvs\nipvs:\n  udpTimeout: 10s\n  scheduler:\nconntrack:\n`,
      [1, 31, 0, 0],
    );
    expect(settings).toEqual({
      mode: 'ipvs',
      scheduler: undefined,
      udpTimeoutMs: 10_000,
      maxPerCore: undefined,
      min: undefined,
      clusterCIDR: undefined,
      featureGates: {},
    });
    expect(faults).toEqual([]);
  });

  it('are absent where the document cannot be used: a fault of it, or more than acknet reads', () => {
    const bomb = `a: &a [x, x]\n${'bcdefghijklmno'.replace(
      /./g,
      (name, at: number) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${at === 0 ? 'a' : 'bcdefghijklmno'[at - 1]}`)
          .join(', ')}]\n`,
    )}`;
    const deep = [
      '['.repeat(50_000),
      '{'.repeat(50_000),
      '{'.repeat(60_000),
      '- '.repeat(20_000),
      '? '.repeat(20_000),
    ];
    for (const text of [
      '',
      '[]',
      '42',
      'a: b: c',
      `${HEAD}a: *b`,
      '&a [*a, *a]',
      bomb,
      ...deep,
      'a: b\n'.repeat(20_000),
    ]) {
      const { settings, faults } = readKubeProxyConfig(text, [1, 31, 0, 0]);
      expect(settings).toBeUndefined();
      const reads = text.length < 30_000 && text !== bomb && !deep.includes(text);
      expect(faults.map(stopsKubeProxy)).toEqual(faults.map(() => reads));
    }
  });

  it('do not stop kube-proxy with fields it merely ignores', () => {
    const { faults } = readKubeProxyConfig(
      `${HEAD}maxPerCore: 1\nfoo: 1\nudpIdleTimeout: 1s\nmode: a\nmode: ipvs\n`,
      [1, 31, 0, 0],
    );
    expect(faults.map(({ kind }) => kind)).toEqual(['misplaced', 'unknown', 'removed', 'duplicate']);
    expect(faults.some(stopsKubeProxy)).toBe(false);
  });

  it('are those before the second document of a file', () => {
    expect(readKubeProxyConfig(`${HEAD}mode: ipvs\n---\nmode: iptables\n`, undefined).settings?.mode).toBe(
      'ipvs',
    );
  });
});
