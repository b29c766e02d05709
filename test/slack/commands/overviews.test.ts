import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import type { Proposal } from '../../../src/proposals/proposal.js';
import type { Command, CommandContext } from '../../../src/slack/commands/command-context.js';
import {
  clustersCommand,
  helpCommand,
  historyCommand,
  pendingCommand,
  statusCommand,
  versionCommand,
} from '../../../src/slack/commands/overviews.js';
import { explainCommand } from '../../../src/slack/commands/explain.js';
import { parseCommand } from '../../../src/slack/commands/parse-command.js';
import type { SlackMessage } from '../../../src/slack/kit/message.js';
import { sampleProposal } from '../../support/sample-proposal.js';

const proposals = ['open', 'vault'].map((cluster) => ({ ...sampleProposal(), id: `p-${cluster}`, cluster }));
const running = ['open', 'vault'].map((cluster) => ({
  ...{ runId: `r-${cluster}`, state: 'running' as const },
  job: { cluster, checks: [], requestedBy: { user: 'U0ANN', team: 'T0HOME' } },
}));

/** What `who` is told: U0ASKER may ask about `open` alone, U0APPROVER may decide on `vault`. */
async function told(command: (ports: never) => Command, text: string, who = 'U0ASKER'): Promise<string> {
  const replies: SlackMessage[] = [];
  const of = (cluster: string | undefined) =>
    proposals.filter((proposal) => cluster === undefined || proposal.cluster === cluster) as Proposal[];
  const ports = {
    clusters: { names: ['open', 'vault'] },
    config: { channels: {}, clusters: { open: {}, vault: {} } },
    queues: { running: async () => running },
    ...{
      version: '1.2.3',
      checks,
      remediations: [],
      catalogue: { all: [{ id: 'a' }, { id: 'b' }], get: () => undefined, pick: () => [] },
    },
    store: {
      open: async (cluster?: string) => of(cluster),
      history: async (cluster?: string) => of(cluster),
    },
    approvals: {
      allows: async (_action: string, asked: { user: string }, cluster: string) => ({
        ok: cluster === 'open' && asked.user !== 'U0GUEST',
      }),
      maySee: async (asked: { user: string }, cluster: string) =>
        (cluster === 'open' && asked.user !== 'U0GUEST') || asked.user === 'U0APPROVER'
          ? { ok: true }
          : { ok: false, reason: `Not everybody may ask about ${cluster}.` },
    },
  };
  const context: CommandContext = {
    command: parseCommand(text),
    who: { user: who, team: 'T0HOME' },
    channel: 'C0OPS',
    reply: async (...messages) => void replies.push(...messages),
  };
  await command(ports as never)(context);
  return JSON.stringify(replies);
}

describe.each([
  ['status', statusCommand],
  ['pending', pendingCommand],
  ['history', historyCommand],
  ['clusters', clustersCommand],
] as const)('/acknet %s', (name, command) => {
  it('shows what goes on in clusters that the person may ask about, and no other', async () => {
    const text = await told(command, name);
    expect(text).toContain('open');
    expect(text).not.toContain('vault');
  });

  it('shows an approver the clusters they decide on', async () => {
    expect(await told(command, name, 'U0APPROVER')).toContain('vault');
  });
});

describe('who may see no cluster', () => {
  const guest = 'U0GUEST';

  it('is told so by the list, not that none is configured', async () => {
    const text = await told(clustersCommand, 'clusters', guest);
    expect(text).toContain('There is none that you may ask about.');
    expect(text).not.toContain('None are configured');
  });

  it('is shown no cluster to try by help', async () => {
    const text = await told(helpCommand, 'help', guest);
    expect(text).toContain('There is no cluster that you may have checked');
    expect(text).not.toMatch(/check (open|vault)/);
    expect(await told(helpCommand, 'help')).toContain('/acknet check open');
  });
});

describe.each([
  ['pending', pendingCommand],
  ['history', historyCommand],
] as const)('/acknet %s of one cluster', (name, command) => {
  it('is refused, with the reason, where the person may not ask about it', async () => {
    const text = await told(command, `${name} vault`);
    expect(text).toContain('Not everybody may ask about vault.');
    expect(text).not.toContain('p-vault');
  });
});

describe('/acknet explain', () => {
  it('names what a cluster fills in, in words, and never as the template has it', async () => {
    const text = await told(explainCommand, 'explain flannel-cni-version');
    expect(text).toContain('‹not ready› of ‹total›');
    expect(text).toContain('is filled in from the cluster');
  });

  it.each(checks.map(({ id }) => [id]))('shows no slot of %s raw', async (id) => {
    expect(await told(explainCommand, `explain ${id}`)).not.toMatch(/[^"`\\]\{\w+\}/);
  });
});

describe('/acknet version', () => {
  it('says which acknet answers, and how much it knows', async () => {
    expect(await told(versionCommand, 'version')).toContain(
      `acknet 1.2.3: 2 entries, ${checks.length} checks, 0 fixes.`,
    );
  });
});
