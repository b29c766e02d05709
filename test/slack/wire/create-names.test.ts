import { expect, it } from '@jest/globals';
import { createNames } from '../../../src/slack/wire/names/create-names.js';
import { redisForTest } from '../../support/redis-for-test.js';

const test = redisForTest();

it('names groups by handle and people by name, asks Slack once, and has a word where Slack says nothing', async () => {
  let asked = 0;
  const client = {
    usergroups: {
      list: async () => {
        asked += 1;
        return { ok: true, usergroups: [{ id: 'S0NETOPS', handle: 'netops' }] };
      },
    },
    users: {
      info: async ({ user }: { user: string }) => {
        if (user === 'U0GONE') throw new Error('user_not_found');
        return { ok: true, user: { real_name: 'Bo Lin' } };
      },
    },
  };
  const names = createNames({ client: client as never, redis: test.connect(), prefix: test.newPrefix() });
  const entitled = { users: ['U0BO', 'U0GONE'], groups: ['S0NETOPS'] };
  await names(entitled);
  expect(Object.fromEntries(await names(entitled))).toEqual({
    ...{ S0NETOPS: '@netops', U0BO: 'Bo Lin', U0GONE: 'an approver' },
  });
  expect(asked).toBe(1);
});

it('asks Slack once for all groups, and not again for one that it does not name', async () => {
  const calls: string[] = [];
  const client = {
    usergroups: {
      list: async () => {
        calls.push('list');
        return { ok: true, usergroups: [{ id: 'S0NETOPS', handle: 'netops' }] };
      },
    },
    users: {
      info: async () => {
        calls.push('info');
        throw new Error('user_not_found');
      },
    },
  };
  const names = createNames({ client: client as never, redis: test.connect(), prefix: test.newPrefix() });
  const entitled = { users: ['U0GONE'], groups: ['S0NETOPS', 'S0OTHER', 'S0GONE'] };
  await names(entitled);
  expect(Object.fromEntries(await names(entitled))).toMatchObject({
    ...{ S0NETOPS: '@netops', S0OTHER: 'a group of approvers', S0GONE: 'a group of approvers' },
  });
  expect(calls.sort()).toEqual(['info', 'list']);
});
