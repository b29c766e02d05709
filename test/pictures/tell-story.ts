import type { Message, View } from '../../sandbox/page/sandbox-state.js';
import type { Person } from '../../sandbox/slack/people/person.js';
import type { SlackSimulator } from '../../sandbox/slack/slack-simulator.js';
import { patience } from '../support/patience.js';
import { waitFor } from '../support/wait-for.js';

/** Where a picture is to be taken: a message in its thread, an open form, or Home. */
export type Subject =
  | { readonly at: 'message'; readonly as: string; readonly thread: string; readonly message: Message }
  | { readonly at: 'form'; readonly as: string; readonly view: View }
  | { readonly at: 'home'; readonly as: string; readonly view: View };

/** The ten main messages, in the order in which somebody meets them. */
export const pictureNames = [
  ...['answer', 'choice', 'result', 'card', 'refusal', 'fleet', 'fixed', 'undo', 'form', 'home'],
] as const;
export type PictureName = (typeof pictureNames)[number];

/** Told of each message when it looks as it is to be shown. */
type Show = (name: PictureName, subject: Subject) => Promise<void>;

/** Who is in the workspace, and what they see of it. */
export interface Story {
  readonly slack: SlackSimulator;
  readonly ana: Person;
  readonly bo: Person;
  /** The newest message of a channel whose text matches, once there is one. */
  message(pattern: RegExp, at?: { channel?: string; as?: string; threadTs?: string }): Promise<Message>;
}

export const storyIn = (slack: SlackSimulator): Story => ({
  slack,
  ana: slack.as('U0ANA'),
  bo: slack.as('U0BO'),
  message: (pattern, { channel: place = channel, ...at } = {}) =>
    waitFor(`a message says ${pattern}`, () =>
      slack
        .messages({ channel: place, ...at })
        .filter(({ text }) => pattern.test(text))
        .at(-1),
    ),
});

/** A broken cluster from the first question to the undo, as the README's tour has it. */
export async function tellStory(story: Story, show: Show): Promise<void> {
  await tellQuestions(story, show);
  const { thread, card } = await tellCheck(story, show);
  await tellFleet(story, show);
  await tellFix(story, show, { thread, card });
  await tellForm(story, show);
  await tellHome(story, show);
}

const channel = 'C0OPS';

async function tellQuestions({ ana, message }: Story, show: Show): Promise<void> {
  for (const [name, text, answer] of [
    ['answer', 'nodes went NotReady after we bumped the flannel image by hand', /Flannel/],
    ['choice', 'a pod cannot reach a Service', /Which is it/],
  ] as const) {
    const { ts } = await ana.say({ channel, text: `@acknet ${text}` });
    const found = await message(answer, { threadTs: ts });
    await show(name, { at: 'message', as: ana.id, thread: ts, message: found });
  }
}

async function tellCheck({ ana, message, slack }: Story, show: Show) {
  await ana.command({ channel, text: '/acknet check cluster-x' });
  const rootOf = () =>
    slack
      .messages({ channel })
      .find(({ text, thread_ts: thread, ts }) => /^cluster-x: \d+ /.test(text) && (thread ?? ts) === ts);
  const result = await waitFor('the check has ended', rootOf);
  const cardOf = () => message(/^Fix for cluster-x: Add cniVersion/, { threadTs: result.ts });
  const card = await cardOf();
  await show('result', {
    at: 'message',
    as: ana.id,
    thread: result.ts,
    message: rootOf() ?? result,
  });
  await show('card', { at: 'message', as: ana.id, thread: result.ts, message: await cardOf() });
  await slack.as('U0EVE').click({ channel, ts: card.ts, actionId: 'proposal_approve' });
  const refusal = await message(/^Only approvers of cluster-x/, { as: 'U0EVE', threadTs: result.ts });
  await show('refusal', { at: 'message', as: 'U0EVE', thread: result.ts, message: refusal });
  return { thread: result.ts, card };
}

interface Shown {
  readonly thread: string;
  readonly card: Message;
}

/** The demo's takes its time, to be watched. */
const ROLL_OUT_MS = patience(60_000);

async function tellFix({ ana, bo, message, slack }: Story, show: Show, { thread, card }: Shown) {
  await bo.click({ channel, ts: card.ts, actionId: 'proposal_approve' });
  const fixed = await waitFor(
    'the fix is proven',
    () => {
      const now = slack.messages({ channel, threadTs: thread }).find(({ ts }) => ts === card.ts);
      return now !== undefined && /Fixed/.test(now.text) && hasUndo(now) ? now : undefined;
    },
    ROLL_OUT_MS,
  );
  await show('fixed', { at: 'message', as: bo.id, thread, message: fixed });
  await ana.click({ channel, ts: card.ts, actionId: 'proposal_undo' });
  const undo = await message(/^Undo for cluster-x/, { threadTs: thread });
  await show('undo', { at: 'message', as: bo.id, thread, message: undo });
}

const hasUndo = ({ blocks }: Message): boolean => JSON.stringify(blocks).includes('proposal_undo');

async function tellForm({ ana, slack }: Story, show: Show): Promise<void> {
  await ana.command({
    channel: 'C0RANDOM',
    text: '/acknet check terway-exhausted vswitch-addresses-exhausted',
  });
  const press = await waitFor('a button opens the form', () =>
    slack
      .messages({ channel: 'C0RANDOM' })
      .filter(({ text }) => /^terway-exhausted: \d+ /.test(text))
      .flatMap((sent) => startsFix(sent).map((actionId) => ({ ts: sent.ts, actionId })))
      .at(0),
  );
  await ana.click({ channel: 'C0RANDOM', ...press });
  const view = await waitFor('the form is open', () => slack.state(ana.id).views[0]);
  await show('form', { at: 'form', as: ana.id, view });
  await ana.closeView({ viewId: view.id });
}

const startsFix = ({ blocks }: Message): string[] =>
  [...JSON.stringify(blocks ?? []).matchAll(/"action_id":"(fix_start:\d+)"/g)].flatMap(([, id]) => id ?? []);

async function tellFleet({ ana, slack }: Story, show: Show): Promise<void> {
  await ana.command({ channel, text: '/acknet fleet flannel-cni-version' });
  // Not the line in its thread that tells who asked.
  const fleet = await waitFor('the overview says the outcome', () =>
    slack
      .messages({ channel })
      .find(
        ({ text, blocks }) =>
          /^flannel-cni-version: found/.test(text) && JSON.stringify(blocks).includes('"fleet_open"'),
      ),
  );
  await show('fleet', { at: 'message', as: ana.id, thread: fleet.ts, message: fleet });
}

async function tellHome({ bo, slack }: Story, show: Show): Promise<void> {
  await bo.openHome();
  const view = await waitFor('Home shows that nothing runs', () => {
    const { home } = slack.state(bo.id);
    return home !== undefined && !JSON.stringify(home.blocks).includes('Check of ') && home;
  });
  await show('home', { at: 'home', as: bo.id, view });
}
