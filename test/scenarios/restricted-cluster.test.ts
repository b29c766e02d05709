import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAuditLog } from '../../src/ops/audit/audit-log.js';
import { createLedger } from '../../src/ops/audit/ledger.js';
import { recordKubeRequests } from '../security/kube-requests.js';
import { actionsOf, plainText } from '../support/read-message.js';
import { redisForTest } from '../support/redis-for-test.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

const redis = redisForTest();
const requests = recordKubeRequests();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ clusterFile: { askers: { users: ['U0BO'] } } });
});
afterAll(async () => {
  requests.stop();
  await sandbox.close();
});

const reads = () => requests.seen.filter(({ token }) => token.endsWith('-reader-token'));

const question = '@acknet nodes of cluster-x went NotReady after we bumped the flannel image by hand';

describe('a cluster that only some may ask about', () => {
  it('is not read on behalf of anybody else, and nothing of it is posted', async () => {
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: question });
    const answer = await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    expect(reads()).toEqual([]);
    expect(plainText(answer)).not.toMatch(/Fitted to|flannel:v|v1\.\d+\.\d+-aliyun/i);
    for (const text of ['status', 'pending', 'history', 'clusters'])
      await sandbox.ana.command({ channel: 'C0OPS', text: `/acknet ${text}` });
    expect(reads()).toEqual([]);
  });

  it('is for those, and its result lists open for nobody else', async () => {
    await sandbox.bo.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    const result = await sandbox.message(/^cluster-x: \d+ cause/);
    const [list = ''] = actionsOf(result).filter((id) => id.startsWith('run_list:'));
    await sandbox.ana.click({ channel: 'C0OPS', ts: result.ts, actionId: list });
    await sandbox.message(/^Not everybody may ask about this cluster/, { as: 'U0ANA' });
  });

  it('leaves no refusal in the audit log for who only looked', async () => {
    const { prefix, log, config } = sandbox;
    const ledger = createLedger({ redis: redis.connect(), prefix, logger: log, auditKey: config.auditKey });
    const entries = await createAuditLog(ledger).read({});
    expect(entries.filter(({ action }) => action.endsWith('.refused'))).toEqual([]);
  });
});
