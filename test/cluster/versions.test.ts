import { describe, expect, it } from '@jest/globals';
import {
  compareVersions,
  formatVersion,
  isAtLeast,
  parseVersion,
  type Version,
} from '../../src/cluster/identity/versions.js';

const at = (text: string): Version => {
  const version = parseVersion(text);
  if (version === undefined) throw new Error(`unparsed: ${text}`);
  return version;
};

describe('parseVersion', () => {
  it.each([
    ['v0.15.1.11-7e95fe23-aliyun', '0.15.1.11'],
    ['registry.local:5000/acs/flannel:v0.11.0.2-g6e46593e-aliyun', '0.11.0.2'],
    ['registry.local:5000/acs/terway:v1.13.2-1718bc8', '1.13.2'],
    ['v1.0.10.333-gfd2b7b8-aliyun', '1.0.10.333'],
    ['v1.34.1-aliyun.1', '1.34.1'],
    ['v0.28.0.6', '0.28.0.6'],
    ['1.18', '1.18.0'],
  ])('reads %s as %s', (text, shown) => {
    expect(formatVersion(at(text))).toBe(shown);
  });

  it.each(['', 'latest', 'registry.local:5000/acs/terway', 'sha256:abc'])(
    'finds no version in "%s"',
    (text) => {
      expect(parseVersion(text)).toBeUndefined();
    },
  );
});

describe('compareVersions', () => {
  it.each([
    ['v0.15.1.4-e02c8f12-aliyun', 'v0.15.1.11-7e95fe23-aliyun', -1],
    ['v0.28.0.6', 'v0.15.1.23-33d25c1-aliyun', 1],
    ['v1.11.0', '1.11.0', 0],
  ])('orders %s and %s by number, not by text', (a, b, sign) => {
    expect(Math.sign(compareVersions(at(a), at(b)))).toBe(sign);
  });

  it('counts an equal version as reaching the floor', () => {
    expect(isAtLeast(at('v1.17.2'), '1.17.2')).toBe(true);
    expect(isAtLeast(at('v1.17.1'), '1.17.2')).toBe(false);
  });
});
