import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerFacts } from '../../../../src/intents/answer-facts.js';
import { composeAnswer } from '../../../../src/intents/compose-answer.js';
import type { Intent } from '../../../../src/intents/intent.js';
import { loadIntents } from '../../../../src/intents/load-intents.js';
import { answerView, moreView } from '../../../../src/slack/questions/views/answer.js';
import { plainText } from '../../../support/read-message.js';
import { expectSendable, huge, messagesOf } from '../../expect-sendable.js';

let intents: readonly Intent[];
beforeAll(async () => {
  intents = await loadIntents('intents');
});

const longest = 'a'.repeat(62);
const facts: Readonly<Record<string, AnswerFacts | undefined>> = {
  'no cluster': undefined,
  'managed Terway': {
    ...{ name: longest, plugin: 'terway', flavor: 'managed', terwayDaemonSet: 'terway-eniip' },
    ...{ runtime: 'containerd', versions: { terway: [1, 12, 0, 0], kubernetes: [1, 31, 1, 0] } },
    ageSeconds: 599,
  },
  'dedicated Flannel on Docker': {
    ...{ name: longest, plugin: 'flannel', flavor: 'dedicated', runtime: 'docker' },
    ...{ versions: { flannel: [0, 11, 0, 2], kubernetes: [1, 16, 9, 0] }, ageSeconds: 0 },
  },
};

const viewOf = (intent: Intent, cluster: AnswerFacts | undefined) => ({
  intent,
  blind: intent.blind,
  answer: composeAnswer(intent, cluster),
  exchange: 'C0123456789-1795400000.000100',
  cluster: cluster && { name: cluster.name, ageSeconds: cluster.ageSeconds },
  clusters: Array.from({ length: 120 }, (_, n) => `${longest.slice(0, 55)}-${n}`),
  checks: intent.checks.map((id) => ({ id, title: id })),
  hasOthers: true,
  followUp: true,
});

describe('an answer', () => {
  it.each(Object.entries(facts))('fits in Slack for every entry, with %s', (_title, cluster) => {
    for (const intent of intents) {
      const view = viewOf(intent, cluster);
      expectSendable(...messagesOf(answerView(view)), ...messagesOf(moreView(view)));
    }
  });

  it('loses no command of any entry', () => {
    for (const intent of intents) {
      const view = viewOf(intent, undefined);
      const shown = [...messagesOf(answerView(view)), ...messagesOf(moreView(view))]
        .map((message) => plainText(message))
        .join('\n');
      const lines = view.answer.sections
        .flatMap(({ markdown }) => [...markdown.matchAll(/```\w*\n([\s\S]*?)```/g)])
        .flatMap(([, block = '']) => block.split('\n'))
        .map((line) => line.trim())
        .filter(Boolean);
      expect({ id: intent.id, lost: lines.filter((line) => !shown.includes(line)) }).toEqual({
        id: intent.id,
        lost: [],
      });
    }
  });

  it('fits in Slack however long an entry becomes', () => {
    const [intent] = intents as [Intent];
    const markdown = `1. ${huge.slice(0, 9000)}\n\n   \`\`\`text\n   ${'x'.repeat(20_000)}\n   \`\`\`\n`;
    const long: Intent = {
      ...intent,
      title: 'T'.repeat(2000),
      blind: huge.slice(0, 5000),
      links: Array.from({ length: 40 }, (_, n) => ({
        title: `L${n}`.repeat(40),
        url: `https://x.y/${'p'.repeat(90)}${n}`,
      })),
    };
    const answer = {
      sections: [
        { name: 'Solution' as const, markdown },
        { name: 'More' as const, markdown },
      ],
      omitted: [],
    };
    const view = { ...viewOf(long, facts['managed Terway']), answer };
    expectSendable(...messagesOf(answerView(view)), ...messagesOf(moreView(view)));
  });

  it('names what does not apply to a known cluster, and how old the facts are', () => {
    const intent = intents.find(({ sections }) => /:::when flavor=dedicated/.test(sections.Solution ?? ''));
    if (intent === undefined) throw new TypeError('no entry depends on the flavour');
    const text = plainText(answerView(viewOf(intent, facts['managed Terway'])).first);
    expect(text).toContain('as it was 10 minutes ago');
    expect(text).toContain('Left out:');
  });
});
