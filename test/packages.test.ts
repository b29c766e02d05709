import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

describe('npm ci', () => {
  it('finds every package fit for the Node that runs this', () => {
    const args = ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { stderr, status } = spawnSync('npm', args, { encoding: 'utf8' });
    expect({ status, unfit: stderr.split('\n').filter((line) => line.includes('EBADENGINE')) }).toEqual({
      status: 0,
      unfit: [],
    });
  });
});
