import { describe, expect, it } from '@jest/globals';
import type { FleetRequest } from '../../../src/jobs/fleet/create-fleet-flow.js';
import type { CommandContext } from '../../../src/slack/commands/command-context.js';
import { parseCommand } from '../../../src/slack/commands/parse-command.js';
import { type FleetPorts, fleetCommand } from '../../../src/slack/fleets/fleet.js';
import type { SlackMessage } from '../../../src/slack/kit/message.js';

type Asked = [action: string, who: unknown, cluster: string];

async function run(text: string, allowed: (cluster: string) => boolean) {
  const started: FleetRequest[] = [];
  const replies: SlackMessage[] = [];
  const audited: string[] = [];
  const answerFor = (cluster: string) =>
    allowed(cluster) ? { ok: true } : { ok: false, reason: `Only askers of ${cluster} may.` };
  const ports = {
    clusters: { names: ['one', 'two', 'vault'] },
    checks: [{ id: 'a-check' }, { id: 'b-check' }],
    approvals: {
      allows: async (...[, , cluster]: Asked) => answerFor(cluster),
      may: async (...[action, , cluster]: Asked) => {
        if (!allowed(cluster)) audited.push(`${action}.refused ${cluster}`);
        return answerFor(cluster);
      },
    },
    fleets: { start: async (request: FleetRequest) => void started.push(request) },
  };
  const context: CommandContext = {
    command: parseCommand(text),
    who: { user: 'U0ASKER', team: 'T0HOME' },
    channel: 'C0OPS',
    reply: async (...messages) => void replies.push(...messages),
  };
  await fleetCommand(ports as unknown as FleetPorts)(context);
  return { started, replies, audited };
}

describe('/acknet fleet', () => {
  it('asks the clusters the asker may ask about, and says which it leaves out', async () => {
    const { started, replies, audited } = await run(
      'fleet a-check,b-check a-check',
      (name) => name !== 'vault',
    );
    expect(replies).toEqual([]);
    expect(audited).toEqual([]);
    expect(started).toMatchObject([
      {
        checks: ['a-check', 'b-check'],
        clusters: ['one', 'two'],
        leftOut: [{ name: 'vault', why: 'Only askers of vault may.' }],
        channel: 'C0OPS',
      },
    ]);
  });

  it('asks nothing where the asker may ask about no cluster', async () => {
    const { started, replies, audited } = await run('fleet a-check', () => false);
    expect(started).toEqual([]);
    expect(audited).toEqual(['ask.refused one']);
    expect(replies[0]?.text).toContain('Only askers of one may.');
  });

  it.each([
    ['fleet c-check', 'There is no check "c-check".'],
    ['fleet a-check one', 'It asks every cluster. For one alone: /acknet check a-check one'],
    ['fleet', 'That is only a part of the command.'],
  ])('%s is refused with what would be right', async (text, message) => {
    await expect(run(text, () => true)).rejects.toMatchObject({ code: 'usage.invalid', message });
  });
});
