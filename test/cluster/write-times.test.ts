import { describe, expect, it } from '@jest/globals';
import { parseVersion } from '../../src/cluster/identity/versions.js';
import { datesEveryWrite } from '../../src/cluster/write-times.js';

describe('datesEveryWrite', () => {
  it.each([
    ['v1.18.8-aliyun.1', true],
    ['v1.18.10', true],
    ['v1.18.11', false],
    ['v1.19.0', false],
    ['v1.20.11-aliyun.1', false],
    ['v1.24.6-aliyun.1', false],
    ['v1.25.0', true],
    ['v1.31.1-aliyun.1', true],
    ['not a version', false],
  ])('%s: %s', (version, expected) => {
    expect(datesEveryWrite(parseVersion(version))).toBe(expected);
  });
});
