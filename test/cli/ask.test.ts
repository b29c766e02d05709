import { describe, expect, it } from '@jest/globals';
import { runCli } from '../support/run-cli.js';

describe('acknet ask', () => {
  it('prints the entry that answers, without what is behind a button in Slack', async () => {
    const { code, stdout } = await runCli(['ask', 'nf_conntrack: table full, dropping packet']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# .*conntrack/i);
    expect(stdout).toContain('## Solution');
    expect(stdout).not.toContain('## More');
    expect(stdout).not.toContain(':::');
    expect(stdout).toMatch(/https:\/\//);
  });

  it('prints the whole entry with --full', async () => {
    const { stdout } = await runCli(['ask', '--full', 'nf_conntrack: table full, dropping packet']);
    expect(stdout).toContain('## More');
  });

  it('joins words that the shell has split', async () => {
    const { stdout } = await runCli(['ask', 'lower', 'the', 'udp', 'timeout', 'of', 'ipvs']);
    expect(stdout).toMatch(/^# .*UDP/);
  });

  it('shows the signals behind the choice with --why', async () => {
    const { stdout } = await runCli(['ask', '--why', 'InvalidVSwitchId.IpNotEnough']);
    expect(stdout).toMatch(/Decision: sure/);
    expect(stdout).toMatch(/vswitch-ip-exhausted \d+\.\d %: .*error-text/);
  });

  it('says that it has no answer rather than guess', async () => {
    const { code, stdout } = await runCli(['ask', 'who orders the pizza']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/no answer/);
    expect(stdout).not.toContain('## Solution');
  });

  it('needs a question', async () => {
    expect((await runCli(['ask'])).code).toBe(64);
  });
});
