import { describe, expect, it } from '@jest/globals';
import { readKubeProxyConfig } from '../../../src/checks/kube-proxy/document/kube-proxy-settings.js';

const HEAD = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';
/** Just below the length beyond which a config is not read at all. */
const FULL = 32_000;
/** Processor time, which other work on the machine does not add to. */
const MOST_SECONDS = 5;
const filled = (unit: string): string =>
  `${HEAD}${unit.repeat(Math.floor((FULL - HEAD.length) / unit.length))}`;
const numbered = (line: (index: number) => string): string => {
  let text = HEAD;
  for (let index = 0; text.length < FULL; index += 1) text += line(index);
  return text.slice(0, text.lastIndexOf('\n'));
};

describe('a config made to stall', () => {
  it.each<[string, string]>([
    ['one key again and again', filled('a: b\n')],
    ['keys that differ', numbered((index) => `k${index}: 1\n`)],
    [
      'gates that differ',
      `${HEAD}featureGates:\n${numbered((index) => `  G${index}: true\n`).slice(HEAD.length)}`,
    ],
    [
      'gates of an unknown type',
      `${HEAD}featureGates:\n${numbered((index) => `  G${index}: x\n`).slice(HEAD.length)}`,
    ],
    ['one long duration', `${HEAD}configSyncPeriod: ${'1h'.repeat(FULL / 2)}x`],
    ['digits', `${HEAD}configSyncPeriod: ${'1'.repeat(FULL)}`],
    ['a long list of bad ranges', `${HEAD}nodePortAddresses:\n${filled('- x\n').slice(HEAD.length)}`],
    ['a long list of numbers', `${HEAD}nodePortAddresses: [${'1, '.repeat(FULL / 3)}1]`],
    ['commas', `${HEAD}clusterCIDR: "${','.repeat(FULL)}"`],
    ['colons', `${HEAD}healthzBindAddress: "${':'.repeat(FULL)}"`],
    ['brackets', `${HEAD}healthzBindAddress: "${'['.repeat(30)}${']'.repeat(FULL)}"`],
    ['zeros', `${HEAD}bindAddress: "${'0'.repeat(FULL)}"`],
    ['white space', `${HEAD}mode: ${' '.repeat(FULL)}ipvs`],
    ['comments', filled('# x\n')],
    ['documents', filled('---\n')],
    ['anchors', numbered((index) => `k${index}: &a${index} 1\n`)],
    ['aliases', `${HEAD}x: &a 1\n${numbered((index) => `k${index}: *a\n`).slice(HEAD.length)}`],
    ['quotes', filled('"')],
    ['backslashes', `${HEAD}mode: "${'\\\\'.repeat(FULL / 2)}"`],
    ['question marks', filled('? ')],
    ['merges', filled('<<: {a: 1}\n')],
    ['tags', filled('!x ')],
  ])('of %s is judged in time', (_title, text) => {
    const start = process.cpuUsage();
    const { faults } = readKubeProxyConfig(text, [1, 31, 0, 0]);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(MOST_SECONDS);
    expect(Array.isArray(faults)).toBe(true);
  });
});
