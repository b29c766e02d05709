import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackSimulator } from '../../sandbox/slack/slack-simulator.js';
import { startSlackSimulator } from '../../sandbox/slack/start-slack-simulator.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import { cpuMs } from '../cpu-ms.js';
import { channelIds, loadWorkspace } from './load-workspace.js';
import type { Load, LoadMeasure, ToWorkspace, WorkspaceReady } from './messages.js';

/** What is not answered so long after the last mention counts as unanswered. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 20;
/** The resolution of a look at the event loop; what is above it was waiting. A finer one wakes the process more often than all who ask. */
const RESOLUTION_MS = 20;

/** A prime, so that each question comes before one comes again, and neighbours are of other entries. */
const STEP = 1009;

/** A workspace in a process of its own, and the people in it who ask. */
const acksMs: number[] = [];
const answersMs: number[] = [];
/** When each mention was said that has no answer yet, by its ts. */
const open = new Map<string, number>();
const slack = await startSlackSimulator({
  ...{ now: () => new Date(), nextId: randomUUID, seed: loadWorkspace },
  // What Slack lets through would be answered long after it was asked: one message a second and channel.
  rates: 'off',
  onAck: (tookMs) => acksMs.push(tookMs),
  onCall: ({ method, args, status }) => {
    const saidAt = open.get(String(args.thread_ts));
    if (method !== 'chat.postMessage' || status !== 200 || saidAt === undefined) return;
    open.delete(String(args.thread_ts));
    answersMs.push(performance.now() - saidAt);
  },
});
const intents = await loadIntents('intents');
const questions = intents.flatMap(({ ask, errors }) => [...ask, ...errors]);

const tell = (message: unknown) => process.send?.(message);
tell({ apiUrl: slack.apiUrl, botToken: slack.botToken, appToken: slack.appToken } satisfies WorkspaceReady);
process.on('message', (message: ToWorkspace) => {
  if (message === 'connected?')
    void slack.waitFor(() => slack.sockets() > 0, 60_000).then(() => tell('connected'));
  else void measure(slack, message.load).then(tell);
});
process.on('disconnect', () => process.exit());

async function measure(workspace: SlackSimulator, load: Load): Promise<LoadMeasure> {
  acksMs.length = 0;
  answersMs.length = 0;
  const cpuFrom = process.cpuUsage();
  const from = performance.now();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await sayAll(workspace, load);
  const saidFor = performance.now() - from;
  const share = cpuMs(process.cpuUsage(cpuFrom)) / saidFor;
  delay.disable();
  for (let waited = 0; open.size > 0 && waited < PATIENCE_MS; waited += LOOK_MS) await sleep(LOOK_MS);
  const ownDelayP99Ms = Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS);
  return { acksMs, answersMs, unanswered: open.size, share, ownDelayP99Ms };
}

/** Each at its own time, whatever became of those before. */
async function sayAll(workspace: SlackSimulator, { seconds, rate }: Load): Promise<void> {
  const from = performance.now();
  for (let said = 0; said < seconds * rate; said += 1) {
    const due = from + (said * 1000) / rate;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    await sayOne(workspace, said);
  }
}

async function sayOne(workspace: SlackSimulator, said: number): Promise<void> {
  const user = loadWorkspace.users[said % 3]?.id ?? '';
  const channel = channelIds[said % channelIds.length] ?? '';
  const question = questions[(said * STEP) % questions.length] ?? '';
  const saidAt = performance.now();
  const { ts } = await workspace.as(user).say({ channel, text: `@acknet ${question}` });
  open.set(ts, saidAt);
}
