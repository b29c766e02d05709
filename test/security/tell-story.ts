import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Message } from '../../sandbox/page/sandbox-state.js';
import { actionsOf } from '../support/read-message.js';
import { type CliResult, runCli } from '../support/run-cli.js';
import type { Sandbox } from '../support/start-sandbox.js';
import { canary } from './canary.js';

export const storyClusters = {
  'cluster-f': 'flannel-broken',
  'cluster-t': 'terway-exhausted',
  'cluster-d': 'terway-datapath-v2',
  'cluster-s': 'dual-stack-ipv6',
};
const names = Object.keys(storyClusters);

/** What an API server, or a webhook in front of it, says that repeats what it was sent. */
export const echo = (field: string): string =>
  `Internal error: webhook denied request with header Authorization: Bearer ${canary(field)} and token=${canary(`${field} token`)}`;

/** Everything acknet does, on clusters and with people that have secrets in every place. */
export async function tellStory(sandbox: Sandbox): Promise<void> {
  const desk = openDesk(sandbox);
  await ask(desk);
  await checkAll(desk);
  await fixAndUndo(desk, 'add-flannel-cni-version cluster-f');
  await fixAndUndo(desk, 'add-pod-vswitch cluster-t vSwitch=vsw-bp1zzzzzzzzzzzzzzzzz1 zone=cn-hangzhou-i');
  await fixAndUndo(desk, 'set-kube-proxy-conntrack cluster-f maxPerCore=131072');
  await refuse(desk);
  await fail(desk);
  for (const text of [
    'history',
    'pending',
    'status',
    'clusters',
    'unanswered',
    'unanswered --csv',
    'feedback',
  ])
    await desk.command(text);
  await sandbox.message(/^Questions not placed/, { as: 'U0BO' });
}

/** The same configuration, read by the commands of a terminal. */
export async function runOnTerminal(sandbox: Sandbox, folder: string): Promise<readonly CliResult[]> {
  const file = path.join(folder, 'acknet.yaml');
  await writeFile(file, stringify(sandbox.file));
  const env = {
    ACKNET_CONFIG: file,
    ACKNET_REDIS_URL: sandbox.world.redisUrl,
    ACKNET_AUDIT_KEY: sandbox.config.auditKey ?? '',
  };
  const lines = [
    ...names.map((name) => ['check', name, '--json']),
    ...[['check', 'cluster-t'], ['audit'], ['audit', '--json'], ['audit', 'verify']],
  ];
  const results: CliResult[] = [];
  for (const args of lines) results.push(await runCli(args, env));
  return results;
}

/** Bo's place at the workspace. */
interface Desk {
  readonly sandbox: Sandbox;
  command(text: string): Promise<unknown>;
  /** `value` = which option of a menu. */
  click(card: Message, actionId: string, value?: string): Promise<unknown>;
  /** The message that a command brings about, told from earlier ones of its kind. */
  newest(kind: RegExp, text: string): Promise<Message>;
  /** Asks for a fix: the thread that was opened for its card. */
  askFix(words: string): Promise<string>;
  waitingIn(threadTs: string): Promise<Message>;
}

function openDesk(sandbox: Sandbox): Desk {
  const { bo, slack } = sandbox;
  const desk: Desk = {
    sandbox,
    command: (text) => bo.command({ channel: 'C0OPS', text: `/acknet ${text}` }),
    click: (card, actionId, value) => bo.click({ channel: 'C0OPS', ts: card.ts, actionId, value }),
    newest: async (kind, text) => {
      const all = () => slack.messages({ channel: 'C0OPS' }).filter((message) => kind.test(message.text));
      const before = all().length;
      await desk.command(text);
      return slack.waitFor(() => all()[before]);
    },
    askFix: async (words) => (await desk.newest(/^A fix for /, `fix ${words}`)).ts,
    waitingIn: (threadTs) => sandbox.message(/^(Fix|Undo) for .*Waiting/, { threadTs }),
  };
  return desk;
}

async function ask({ sandbox, newest }: Desk): Promise<void> {
  const secrets = `Authorization: Bearer ${canary('question bearer')} access_key=${canary('question key')}`;
  const asked = await sandbox.ana.say({
    channel: 'C0OPS',
    text: `@acknet nodes NotReady after flannel upgrade: cni config uninitialized ${secrets}`,
  });
  await sandbox.message(/^(Nodes NotReady|That could be)/, { threadTs: asked.ts });
  const said = await newest(/^Question: /, `ask when does the train to Delft leave ${secrets}`);
  await sandbox.message(/^I don't know that one/, { threadTs: said.ts });
}

async function checkAll({ sandbox, command, click }: Desk): Promise<void> {
  await command('check all');
  await sandbox.message(/^All checks: problems on/);
  for (const name of names) {
    await command(`check ${name}`);
    const result = await sandbox.message(new RegExp(`^${name}: (\\d+ cause|no problem found)`));
    if (/: \d+ cause/.test(result.text))
      await sandbox.message(/Below: the evidence/, { threadTs: result.ts });
    for (const list of actionsOf(result).filter((id) => id.startsWith('run_list:')))
      await click(result, list);
    const inMenu = optionsIn(result.blocks);
    if (inMenu.length === 0) throw new TypeError(`nothing to show of ${name}`);
    for (const value of inMenu) await click(result, 'run_pick_list', value);
  }
}

/** The values of every menu of lists, however deep. */
function optionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(optionsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { action_id: id, options } = value as { action_id?: unknown; options?: { value: string }[] };
  if (id === 'run_pick_list') return (options ?? []).map((option) => option.value);
  return Object.values(value).flatMap(optionsIn);
}

async function fixAndUndo(desk: Desk, words: string): Promise<void> {
  const { sandbox, click, waitingIn } = desk;
  const threadTs = await desk.askFix(words);
  await click(await waitingIn(threadTs), 'proposal_approve');
  const ended = await sandbox.message(
    /^Fix for .*(Fixed|not yet shown to work|still there|still found|Failed)/i,
    {
      threadTs,
    },
  );
  await click(ended, 'proposal_undo');
  await click(await waitingIn(threadTs), 'proposal_approve');
  await sandbox.message(/^Undo for .*(Undone|Failed)/, { threadTs });
}

/** What acknet says no to, some of it with what was typed in the reason. */
async function refuse({ sandbox, command, click, askFix, waitingIn }: Desk): Promise<void> {
  await command('fix set-kube-proxy-conntrack cluster-t maxPerCore=131072');
  await sandbox.message(/^Terway runs with IPvlan/, { as: 'U0BO' });
  await command(`fix add-pod-vswitch cluster-t vSwitch=token=${canary('parameter')} zone=cn-hangzhou-i`);
  await command(`mute flannel-cni-version.missing cluster-f token=${canary('mute')}`);
  await command(`explain token=${canary('explain')}`);
  await command(`check token=${canary('cluster')}`);
  const threadTs = await askFix('set-kube-proxy-conntrack cluster-f maxPerCore=262144');
  const card = await waitingIn(threadTs);
  await sandbox.eve.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
  await click(card, 'proposal_reject');
  const view = await sandbox.slack.waitFor(() => sandbox.slack.state('U0BO').views[0]);
  await sandbox.bo.submit({ viewId: view.id, values: { reason: { text: `password: ${canary('reason')}` } } });
  await sandbox.message(/^Fix for .*Rejected/, { threadTs });
}

async function fail({ sandbox, click, newest, askFix, waitingIn }: Desk): Promise<void> {
  const faults = sandbox.world.clusters.get('cluster-f')?.faults;
  const fails = (method: string, path: RegExp, status: number, times: number) =>
    faults?.add({
      method,
      path,
      times,
      effect: { kind: 'status', status, message: echo(`${method}${status}`) },
    });

  const failing = await askFix('set-kube-proxy-conntrack cluster-f maxPerCore=262144');
  const card = await waitingIn(failing);
  fails('PATCH', /configmaps/, 500, 1);
  await click(card, 'proposal_approve');
  await sandbox.message(/^Fix for .*(Failed|Outcome open)/, { threadTs: failing });

  fails('PATCH', /configmaps/, 403, 1);
  const refused = await askFix('set-kube-proxy-conntrack cluster-f maxPerCore=262144');
  await sandbox.message(/^Fix for /, { threadTs: refused });

  fails('GET', /services|daemonsets/, 500, 100);
  fails('GET', /nodes/, 403, 100);
  const blind = await newest(/^cluster-f: (?!the evidence)/, 'check cluster-f');
  await click(blind, 'run_list:unknown');
  await sandbox.message(/^cluster-f: unknown/, { as: 'U0BO' });
  faults?.clear();
}
