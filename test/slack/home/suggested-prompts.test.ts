import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { spokenCommand } from '../../../src/slack/commands/spoken-command.js';
import { suggestedPrompts } from '../../../src/slack/home/suggested-prompts.js';
import { type OpenKnowledge, openKnowledge } from '../../intents/open-knowledge.js';

let knowledge: OpenKnowledge;
beforeAll(async () => {
  knowledge = await openKnowledge();
});

const clusters = { names: ['vault', 'open'] };

/** U0ANA may ask about `open`, U0BO decides there too, U0GUS may do nothing. */
const promptsFor = (user: string) => {
  const allows = async (action: string, _who: unknown, cluster: string) => ({
    ok: cluster === 'open' && (user === 'U0BO' || (user === 'U0ANA' && action === 'ask')),
  });
  return suggestedPrompts({ clusters, approvals: { allows } as never }, { user, team: 'T0HOME' });
};
const sentBy = async (user: string) => (await promptsFor(user)).map(({ message }) => message);

const { features } = parse(readFileSync('deploy/slack-manifest.yaml', 'utf8')) as {
  features: {
    agent_view: { suggested_prompts: { title: string; message: string }[] };
    app_home: { home_tab_enabled: boolean };
  };
};

describe('suggested prompts', () => {
  it('fit what the person may do', async () => {
    expect(await sentBy('U0ANA')).toEqual(['check open', expect.stringContaining('IpNotEnough'), 'help']);
    expect((await sentBy('U0BO')).slice(0, 2)).toEqual(['check open', 'pending']);
    expect(await sentBy('U0GUS')).toEqual(expect.not.arrayContaining(['check open', 'pending']));
  });

  it('look at every cluster before they offer no check', async () => {
    const names = [...Array.from({ length: 25 }, (_, at) => `vault-${at}`), 'open'];
    const allows = async (_action: string, _who: unknown, cluster: string) => ({ ok: cluster === 'open' });
    const who = { user: 'U0BO', team: 'T0HOME' };
    const [first] = await suggestedPrompts({ clusters: { names }, approvals: { allows } as never }, who);
    expect(first?.message).toBe('check open');
  });

  it('say what they send, in the manifest as well', async () => {
    const own = (await Promise.all(['U0ANA', 'U0BO', 'U0GUS'].map(promptsFor))).flat();
    for (const { title, message } of [...own, ...features.agent_view.suggested_prompts])
      expect(title).toBe(message);
  });

  it('are answered: a command, or a question that is placed at once', async () => {
    const all = (await Promise.all(['U0ANA', 'U0BO', 'U0GUS'].map(sentBy))).flat();
    const { isOfTheField } = knowledge.matcher;
    const known = { clusters: clusters.names, isCheck: () => false, isOfTheField };
    const unplaced = all.filter(
      (text) => spokenCommand(text, known) === undefined && knowledge.matcher.match(text).kind !== 'sure',
    );
    expect(unplaced).toEqual([]);
  });
});

describe('the manifest', () => {
  it('turns Home on', () => {
    expect(features.app_home.home_tab_enabled).toBe(true);
  });
});
