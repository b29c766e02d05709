import { beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import { type LoadedKnowledge, loadKnowledge } from '../../../src/cli/load-knowledge.js';
import type { AnswerFacts } from '../../../src/intents/answer-facts.js';
import { remediations } from '../../../src/remediations/index.js';
import { explainCommand } from '../../../src/slack/commands/explain.js';
import { parseCommand } from '../../../src/slack/commands/parse-command.js';
import type { SlackMessage } from '../../../src/slack/kit/message.js';
import {
  createIntentCatalogue,
  type IntentCatalogue,
} from '../../../src/slack/questions/intent-catalogue.js';
import { composeShown } from '../../../src/slack/questions/render/compose-shown.js';
import { plainText } from '../../support/read-message.js';
import { expectSendable } from '../expect-sendable.js';

let knowledge: LoadedKnowledge;
let catalogue: IntentCatalogue;
beforeAll(async () => {
  knowledge = await loadKnowledge('.');
  catalogue = createIntentCatalogue({ intents: knowledge.intents, checks, likeliest: () => [] });
});

/** What `explain <id>` shows in a channel of cluster-x. */
async function explained(id: string, plugin?: AnswerFacts['plugin']): Promise<readonly SlackMessage[]> {
  const replies: SlackMessage[] = [];
  const run = explainCommand({
    ...{ catalogue, checks, remediations, clusters: { names: ['cluster-x'] } },
    config: { channels: {}, clusters: { 'cluster-x': { approvers: { users: [], groups: [] } } } },
    approvals: { maySee: async () => ({ ok: true }) },
    facts: async (name: string) => ({ facts: { name, plugin, versions: {}, ageSeconds: 0 } }),
  } as unknown as Parameters<typeof explainCommand>[0]);
  await run({
    command: parseCommand(`explain ${id}`),
    ...{ who: { user: 'U0ANA', team: 'T0HOME' }, channel: 'C0OPS' },
    reply: async (...messages) => void replies.push(...messages),
  });
  return replies;
}

const plugins = [undefined, 'terway', 'flannel'] as const;
const named = (markdown: string): string[] =>
  [...markdown.matchAll(/`([a-z0-9-]+)`/g)]
    .map(([, id = '']) => id)
    .filter((id) => catalogue.get(id) !== undefined);

describe('an entry that another one names', () => {
  it('stands there by its title and what to type for it, whatever the cluster runs', () => {
    const shown = knowledge.intents.flatMap((intent) =>
      plugins.flatMap(
        (plugin) =>
          composeShown(catalogue, intent, plugin && { name: 'x', plugin, versions: {}, ageSeconds: 0 })
            .sections,
      ),
    );
    expect(shown.flatMap(({ markdown }) => named(markdown))).toEqual([]);
    const links = shown.flatMap(({ markdown }) => [
      ...markdown.matchAll(/“(.+?)” \(`\/acknet explain ([a-z0-9-]+)`\)/g),
    ]);
    expect(links.length).toBeGreaterThan(100);
    for (const [, title, id = ''] of links) expect(catalogue.get(id)?.title).toBe(title);
  });

  it('stays as it is in a block of code', () => {
    const fence = '```bash\nkubectl get `terway-eni-mode`\n```';
    expect(catalogue.withTitles(`see \`terway-eni-mode\`\n\n${fence}`)).toMatch(
      /explain terway-eni-mode[\s\S]*get `terway-eni-mode`/,
    );
  });

  it('can be read by what is to be typed: all of it, in messages that Slack takes', async () => {
    for (const { id, title, sections } of knowledge.intents) {
      const messages = await explained(id);
      expectSendable(...messages);
      const text = messages.map(plainText).join('\n');
      expect(text).toContain(title);
      if (sections.More !== undefined) expect(text).toContain('\nMore'.trim());
    }
  });

  it('is fitted to the cluster of the channel, and what is a check’s name too shows the check below', async () => {
    expect((await explained('vswitch-ip-exhausted', 'flannel')).map(plainText).join()).toContain(
      'Terway only.',
    );
    const both = (await explained('flannel-cni-version', 'flannel')).map(plainText);
    expect(both[0]).toContain('Nodes NotReady after Flannel was upgraded by hand');
    expect(both.at(-1)).toContain('flannel-cni-version.missing');
  });
});

describe('what an entry says to be under *More*', () => {
  it('is there', () => {
    const referring = knowledge.intents.filter(({ sections }) => /\*More\*/.test(sections.Solution ?? ''));
    expect(referring.length).toBeGreaterThan(3);
    for (const { id, sections } of referring) expect([id, sections.More === undefined]).toEqual([id, false]);
  });
});

describe('the command to ask for a fix', () => {
  it.each([
    ['add-pod-vswitch', 'terway', 'cluster-x'],
    ['add-pod-vswitch', 'flannel', '&lt;cluster&gt;'],
    ['add-flannel-cni-version', 'terway', '&lt;cluster&gt;'],
    ['cordon-node', 'flannel', 'cluster-x'],
    ['restart-kube-proxy', 'flannel', 'cluster-x'],
  ] as const)('names a cluster that it is for: %s where all run %s', async (fix, plugin, cluster) => {
    expect((await explained(fix, plugin)).map(plainText).join()).toContain(`/acknet fix ${fix} ${cluster}`);
  });

  it('stands with a check too where no finding of it leads there', async () => {
    expect((await explained('mac-not-found')).map(plainText).join()).toContain('/acknet fix uncordon-node');
  });
});
