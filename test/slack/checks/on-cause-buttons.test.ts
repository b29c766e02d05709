import { describe, expect, it } from '@jest/globals';
import type { CheckRun } from '../../../src/engine/checking/check-run.js';
import type { Intent } from '../../../src/intents/intent.js';
import { onCauseButtons } from '../../../src/slack/checks/on-cause-buttons.js';
import { resultView } from '../../../src/slack/checks/views/result.js';
import type { ResultView } from '../../../src/slack/checks/views/result-view.js';
import { plainForm } from '../../../src/slack/kit/fold.js';
import type { SlackMessage } from '../../../src/slack/kit/message.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { plainText } from '../../support/read-message.js';
import { sampleClear, sampleFinding, sampleRun } from '../../support/sample-run.js';
import { fakeApp } from '../fake-app.js';

const node = (name: string) => ({ kind: 'Node', name });
const leak = (name: string) =>
  sampleFinding({
    ...{ id: 'flannel-address-leak.leaked', about: node(name), message: `All of ${name} is leaked.` },
    evidence: [{ where: `Node ${name}`, value: `what ${name} shows` }],
  });
const names = ['node-1', 'node-2', 'node-3'];
const leaked = sampleRun({
  checks: [{ ...sampleClear('flannel-address-leak'), outcome: 'found', findings: names.map(leak) }],
});

const viewOf = (run: CheckRun, muted: ResultView['muted'] = []): ResultView => ({
  ...{ runId: 'run-1', run, requestedBy: 'U0ANA', muted, refusals: [], offers: [], blind: 0 },
  entries: new Map(),
});

/** The buttons of a message that says something, with what they carry. */
const buttonsOf = ({ blocks }: Pick<SlackMessage, 'blocks'>, words: string) =>
  [...JSON.stringify(blocks).matchAll(/"action_id":"(cause_\w+)","value":"((?:[^"\\]|\\.)*)"/g)].flatMap(
    ([, actionId = '', value = '']) =>
      actionId.includes(words) ? [{ actionId, value: JSON.parse(`"${value}"`) as string }] : [],
  );

const sampleEntry: Intent = {
  ...{
    id: 'an-entry',
    title: 'An entry',
    summary: 'It.',
    area: 'cluster',
    file: 'an-entry.md',
    source: 'FAQ',
  },
  ...{ ask: [], keywords: [], errors: [], checks: [], remediations: [], passages: [], sections: {} },
  links: [{ title: 'FAQ', url: 'https://x.y/faq' }],
};

/** What the last press showed. */
let last: readonly SlackMessage[] = [];

/** What is whispered to who presses a button of this run's result. */
async function pressing(run: CheckRun, muted: ResultView['muted'] = [], entry?: Intent) {
  const { app, click } = fakeApp();
  const whispers: SlackMessage[] = [];
  onCauseButtons(app, {
    approvals: { maySee: async () => ({ ok: true }) },
    runs: { get: async (id: string) => (id === 'run-1' ? run : undefined) },
    mutes: { active: async () => muted },
    store: { get: async () => undefined },
    catalogue: { get: () => entry, withTitles: (markdown: string) => markdown },
    facts: async () => ({ missing: 'away' }),
    permalink: async () => undefined,
    poster: { whisper: async (_at: unknown, message: SlackMessage) => void whispers.push(message) },
    logger: quietLogger(),
  } as unknown as Parameters<typeof onCauseButtons>[1]);
  return async (button: { readonly actionId: string; readonly value: string }) => {
    await click({ ...button, channel: 'C0OPS', ts: '2.1', threadTs: '1.1' });
    last = whispers.splice(0);
    return last.map(plainText).join('\n');
  };
}

describe('Evidence, where Slack takes no folds', () => {
  it.each(names.map((name, index) => [name, index] as const))(
    'shows what is about its own object, of several with one id: %s',
    async (name, index) => {
      const thread = resultView(viewOf(leaked)).more.map(plainForm);
      const buttons = thread.flatMap((message) => buttonsOf(message, 'explain'));
      expect(buttons).toHaveLength(names.length);
      const press = await pressing(leaked);
      const said = await press(buttons[index] ?? { actionId: '', value: '' });
      expect(names.filter((other) => said.includes(`what ${other} shows`))).toEqual([name]);
    },
  );
});

describe('the button of a cause', () => {
  it('leads with the object that its line names, and counts the others', async () => {
    const [button] = buttonsOf(resultView(viewOf(leaked)).first, 'explain');
    const press = await pressing(leaked);
    const said = await press(button ?? { actionId: '', value: '' });
    expect(said).toMatch(/All of node-1[\s\S]*All of node-2[\s\S]*1 more finding/);
  });

  it('is about what its line counts, where another finding of the same object is muted', async () => {
    const twins = ['a-check.bad', 'b-check.bad'].map((id) =>
      sampleFinding({ id, about: node('node-1'), message: 'Alike.' }),
    );
    const run = sampleRun({
      findings: twins,
      checks: [
        {
          ...sampleClear('b-check'),
          outcome: 'found',
          findings: [sampleFinding({ id: 'b-check.bad', about: node('node-2'), message: 'Alike.' })],
        },
      ],
    });
    const muted = [{ finding: 'a-check.bad' }] as unknown as ResultView['muted'];
    const [button] = buttonsOf(resultView(viewOf(run, muted)).first, 'explain');
    const said = await (await pressing(run, muted))(button ?? { actionId: '', value: '' });
    expect(said).toContain('Node node-1');
    expect(said).toContain('Node node-2');
    expect(said).not.toContain('a-check.bad');
  });

  it('of a result from before is answered, though its finding is muted since', async () => {
    const [button] = buttonsOf(resultView(viewOf(leaked)).first, 'explain');
    const muted = [{ finding: 'flannel-address-leak.leaked' }] as unknown as ResultView['muted'];
    const said = await (await pressing(leaked, muted))(button ?? { actionId: '', value: '' });
    expect(said).toContain('what node-1 shows');
  });
});

describe('How to', () => {
  const entry = {
    ...sampleEntry,
    sections: { Solution: 'Do it (whole sample under *More*).', More: 'The sample.' },
  };
  const found = sampleRun({ findings: [sampleFinding({ id: 'a-check.bad', intent: 'an-entry' })] });
  const howTo = { actionId: 'cause_how_to', value: '{"r":"run-1","f":"a-check.bad"}' };

  it('has a button for what its steps say to be under More, which shows it to who presses it', async () => {
    const press = await pressing(found, [], entry);
    expect(await press(howTo)).toContain('whole sample under');
    const [more] = last.flatMap((message) => buttonsOf(message, 'more'));
    expect(await press(more ?? { actionId: '', value: '' })).toContain('The sample.');
  });

  it('has none where that is all of the entry', async () => {
    const press = await pressing(found, [], { ...entry, sections: { Solution: 'Do it.' } });
    await press(howTo);
    expect(last.flatMap((message) => buttonsOf(message, 'more'))).toEqual([]);
  });
});
