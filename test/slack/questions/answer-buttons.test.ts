import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LoadedKnowledge, loadKnowledge } from '../../../src/cli/load-knowledge.js';
import { actionsOf, plainText } from '../../support/read-message.js';
import { openQuestionStand } from './question-stand.js';

let knowledge: LoadedKnowledge;
beforeAll(async () => {
  knowledge = await loadKnowledge('.');
});

let thread: ReturnType<typeof openQuestionStand>;
beforeEach(() => {
  thread = openQuestionStand(knowledge);
});

const scheduler = 'how do I set the scheduler of kube-proxy to lc in ipvs mode';
const cards = (title: RegExp) =>
  thread.texts().filter((text) => title.test(text) && text.includes('What to do'));

describe('of two wishes in one message', () => {
  it('one is answered, and a sentence names the other, which a button shows', async () => {
    const { message, exchange, ts } = await thread.ask('raise conntrack and also lower the udp timeout');
    expect(message?.text).toMatch(/conntrack/);
    expect(plainText(message as never)).toMatch(
      /Your other question may be about: “Lower the IPVS UDP session timeout/,
    );
    await thread.press({ ts, blockId: `answer:${exchange}` }, 'answer_rest', 'entry:ipvs-udp-timeout');
    expect(cards(/UDP session timeout/)).toHaveLength(1);
  });
});

describe('the card of an entry', () => {
  const title = /Change the IPVS load-balancing algorithm/;

  it('is not shown again by a button where it stands in the thread already', async () => {
    await thread.ask(scheduler);
    const choice = await thread.ask('another question: ipv6 does not work');
    await thread.press({ ts: choice.ts }, 'choose_entry:0', { x: choice.exchange, e: 'ipvs-scheduler' });
    expect(cards(title)).toHaveLength(1);
    expect(thread.whispers.map(plainText).join()).toContain('stands in this thread already');
  });

  it('is what the thread is about all the same', async () => {
    await thread.ask(scheduler);
    const choice = await thread.ask('another question: ipv6 does not work');
    await thread.press({ ts: choice.ts }, 'choose_entry:0', { x: choice.exchange, e: 'ipvs-scheduler' });
    const undo = await thread.ask('how do I undo that?');
    expect(undo.message?.text).toMatch(title);
  });

  it('is filled in anew for another cluster in its own message', async () => {
    const card = await thread.ask(scheduler);
    await thread.press({ ts: card.ts, blockId: `answer:${card.exchange}` }, 'answer_cluster', 'cluster-y');
    expect(thread.whispers).toEqual([]);
    expect(thread.texts().at(-1)).toContain('cluster-y');
  });

  it('gives way to the other entry that the row’s last button offers', async () => {
    const card = await thread.ask(scheduler);
    const row = { ts: card.ts, blockId: `answer:${card.exchange}` };
    await thread.press(row, 'answer_rest', 'entry:conntrack-limit');
    expect(cards(title)).toHaveLength(0);
    expect(cards(/conntrack/)).toHaveLength(1);
  });

  it.each(['', 'apart', 'entry:', 'entry:no-such-entry', 'entry:../../etc', 'x'.repeat(500)])(
    'stays as it is for an option that was never offered: %s',
    async (option) => {
      const card = await thread.ask(scheduler);
      await thread.press({ ts: card.ts, blockId: `answer:${card.exchange}` }, 'answer_rest', option);
      expect(cards(title)).toHaveLength(1);
    },
  );

  it.each(['answer_not_it', 'choose_entry:0'])(
    'is left as it is by %s of another message',
    async (actionId) => {
      const card = await thread.ask(scheduler);
      const other = await thread.ask('another question: ipv6 does not work');
      const before = thread.texts();
      await thread.press({ ts: other.ts }, actionId, { x: card.exchange, e: 'ipvs-scheduler' });
      expect(thread.texts()).toEqual(before);
      expect(thread.whispers).toHaveLength(1);
    },
  );

  it('may be chosen again once it was turned down', async () => {
    const card = await thread.ask(scheduler);
    const value = { x: card.exchange, e: 'ipvs-scheduler' };
    await thread.press({ ts: card.ts }, 'answer_not_it', value);
    expect(cards(title)).toHaveLength(0);
    await thread.press({ ts: card.ts }, 'choose_entry:0', value);
    expect(cards(title)).toHaveLength(1);
  });
});

describe('where no entry is about it', () => {
  const text =
    'NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

  it('the cluster is offered to be looked at, with what can be found there', async () => {
    const { message } = await thread.ask(text);
    expect(message?.text).toMatch(/^No entry is about this text\. I can look at cluster-x for: \S/);
    expect(message === undefined ? [] : actionsOf(message)).toContain('look_for');
  });

  it('the button runs those checks', async () => {
    const { exchange, ts } = await thread.ask(text);
    await thread.press({ ts, blockId: `look:${exchange}` }, 'look_for', { x: exchange, c: 'cluster-x' });
    expect(thread.checks).toEqual([
      expect.objectContaining({
        cluster: 'cluster-x',
        checks: expect.arrayContaining(['node-network-unavailable']),
      }),
    ]);
  });

  it('and no check sees it either, none is offered', async () => {
    const { message } = await thread.ask('when is the next train to Delft');
    expect(message?.text).toMatch(/^I don't know that one/);
    expect(message === undefined ? [] : actionsOf(message)).not.toContain('look_for');
  });
});

describe('the plugin that the cluster in question runs', () => {
  it.each([
    ['terway', /Flannel/],
    ['flannel', /Terway/],
  ] as const)('%s leaves no entry about the other one', async (plugin, other) => {
    const here = openQuestionStand(knowledge, plugin);
    const { exchange } = await here.ask('new pods get no IP address');
    const named = here.exchanges.get(exchange)?.candidates.map(({ id }) => id) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => id.startsWith(other.source.toLowerCase()))).toEqual([]);
  });
});
