import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { compileProgram, type WorkerProcess, type WorkerProgram } from './worker-program.js';

let program: WorkerProgram;
let sandbox: Sandbox;
let victim: WorkerProcess;

beforeAll(async () => {
  program = await compileProgram();
});
afterAll(() => program.remove());

beforeEach(async () => {
  sandbox = await startSandbox({
    ownRedis: true,
    replicas: 0,
    prefix: '{acknet}',
    podStartMs: 150,
    file: { fixes: { lockSeconds: 1.5 }, http: { port: 0, host: '127.0.0.1' } },
  });
  victim = await program.start(sandbox);
});
afterEach(async () => {
  await victim.kill();
  await sandbox.close();
});

const cluster = () => {
  const simulator = sandbox.world.clusters.get('cluster-x');
  if (simulator === undefined) throw new TypeError('no cluster-x');
  return simulator;
};
const writes = () =>
  cluster()
    .writes.filter(({ dryRun }) => !dryRun)
    .map(({ verb, path }) => `${verb} ${path}`);

describe('a worker that is killed', () => {
  it('in the middle of a check leaves it to another, and the result is posted once', async () => {
    const app = sandbox.build();
    await app.bot.start();
    cluster().faults.add({ path: /\/nodes$/, effect: { kind: 'hang' } });
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    await sandbox.message(/^Checking cluster-x/);
    await victim.kill();

    await app.worker.start();
    const result = await sandbox.message(/^cluster-x: \d+ causes?/);
    await sandbox.message(/Below: the evidence/, { threadTs: result.ts });
    await sandbox.message(/^Fix for cluster-x: Add cniVersion/, { threadTs: result.ts });
    const said = sandbox.slack.messages({ channel: 'C0OPS' }).map(({ text }) => text);
    expect(new Set(said).size).toBe(said.length);
  });

  it('in the middle of a fix leaves it to another: it is finished, and no step happened twice', async () => {
    const app = sandbox.build();
    await app.bot.start();
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    const card = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    await sandbox.bo.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
    // The first node is watched for a while before the second one is touched.
    await sandbox.slack.waitFor(() => writes().filter((write) => write.startsWith('delete')).length >= 2);
    await victim.kill();

    await app.worker.start();
    const ended = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*(Fixed|Outcome open)/);
    expect(ended.text).toContain('Fixed');
    expect(new Set(writes()).size).toBe(writes().length);
    expect(writes().filter((write) => write.startsWith('patch'))).toHaveLength(1);
  });
});
