import { describe, expect, it } from '@jest/globals';
import { remediations } from '../../../src/remediations/index.js';
import { explainCommand } from '../../../src/slack/commands/explain.js';
import { parseCommand } from '../../../src/slack/commands/parse-command.js';
import type { SlackMessage } from '../../../src/slack/kit/message.js';
import { plainText } from '../../support/read-message.js';

const [fix] = remediations;
if (fix === undefined) throw new TypeError('no fix');

interface Asked {
  /** The plugin of each cluster. */
  readonly clusters: Readonly<Record<string, 'terway' | 'flannel'>>;
  readonly sees: readonly string[];
  readonly channelOf?: string;
}

/** The explanation of a fix that is for Flannel alone, and which clusters were read for it. */
async function explained({ clusters, sees, channelOf }: Asked) {
  const names = Object.keys(clusters);
  const begun: string[] = [];
  const readBesides: number[] = [];
  const ports = {
    clusters: { names },
    config: {
      channels: channelOf === undefined ? {} : { C0: { cluster: channelOf } },
      clusters: Object.fromEntries(names.map((name) => [name, { approvers: { users: [], groups: ['S0'] } }])),
    },
    approvals: { maySee: async (_who: unknown, name: string) => ({ ok: sees.includes(name) }) },
    facts: async (name: string) => {
      begun.push(name);
      await Promise.resolve();
      readBesides.push(begun.length);
      return { facts: { name, ageSeconds: 0, versions: {}, plugin: clusters[name] } };
    },
    checks: [],
    remediations,
    catalogue: { get: () => ({ plugin: { only: 'flannel' } }) },
  };
  const replies: SlackMessage[] = [];
  await explainCommand(ports as never)({
    command: parseCommand(`explain ${fix?.id}`),
    who: { user: 'U0ANA', team: 'T0HOME' },
    channel: 'C0',
    reply: async (...messages) => void replies.push(...messages),
  });
  const said = replies.map(plainText).join('\n');
  return { read: begun, readBesides, named: new RegExp(`/acknet fix ${fix?.id} ([^\`]+)`).exec(said)?.[1] };
}

/** As Slack has it where no cluster is named. */
const slot = '&lt;cluster&gt;';

describe('the cluster that a fix is explained for', () => {
  it.each<[string, Asked, { readonly named: string; readonly read: readonly string[] }]>([
    [
      "is the channel's, which alone is read",
      { clusters: { a: 'flannel', b: 'flannel' }, sees: ['a', 'b'], channelOf: 'b' },
      { named: 'b', read: ['b'] },
    ],
    [
      "is not the channel's, nor is that read, where the person may not see it",
      { clusters: { a: 'flannel', vault: 'flannel' }, sees: ['a'], channelOf: 'vault' },
      { named: slot, read: [] },
    ],
    [
      'is the first with its plugin of those that the person may see, and no other is read',
      { clusters: { vault: 'flannel', a: 'terway', b: 'flannel', c: 'flannel' }, sees: ['a', 'b', 'c'] },
      { named: 'b', read: ['a', 'b', 'c'] },
    ],
    [
      'is none where each runs another plugin',
      { clusters: { a: 'terway', b: 'terway' }, sees: ['a', 'b'] },
      { named: slot, read: ['a', 'b'] },
    ],
  ])('%s', async (_name, asked, { named, read }) => {
    expect(await explained(asked)).toMatchObject({ named, read });
  });

  it('is looked for in all at once, so that slow ones are waited for together', async () => {
    const { readBesides } = await explained({
      clusters: { a: 'terway', b: 'terway', c: 'terway' },
      sees: ['a', 'b', 'c'],
    });
    expect(readBesides).toEqual([3, 3, 3]);
  });
});
