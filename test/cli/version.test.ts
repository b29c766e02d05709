import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { runCli } from '../support/run-cli.js';

describe('acknet --version', () => {
  it('prints the version of the package, and nothing else', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});
