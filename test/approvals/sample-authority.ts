import type { PolicyConfig } from '../../src/approvals/authorise.ts';
import type { ClusterConfig } from '../../src/config/config.ts';
import { AcknetError } from '../../src/errors.ts';
import type { Directory } from '../../src/proposals/ports.ts';

export const HOME = 'T0HOME';
export const person = (user: string, team = HOME) => ({ user, team });

export function clusterConfig(fields: Partial<ClusterConfig> = {}): ClusterConfig {
  return {
    fixer: {},
    approvers: { users: ['U0BOSS', 'U0GUEST', 'U0GONE', 'U0BOT'], groups: ['S0NET'] },
    policy: { quorum: {}, requireReason: {}, selfApproval: false },
    readOnly: false,
    freezes: [],
    ...fields,
  };
}

export function policyConfig(
  cluster: Partial<ClusterConfig> = {},
): PolicyConfig & { proposals: { expireAfterSeconds: number } } {
  return {
    clusters: { 'cluster-x': clusterConfig(cluster) },
    maintainers: { users: ['U0KEEPER'], groups: [] },
    people: { ann: ['U0ANN', 'U0ANN2'] },
    proposals: { expireAfterSeconds: 1800 },
  };
}

/** A workspace that can change between two questions. */
export interface FakeDirectory extends Directory {
  readonly groups: Map<string, string[]>;
  down: boolean;
}

const special: Readonly<
  Record<string, Partial<Record<'active' | 'guest' | 'bot', boolean>> & { team?: string }>
> = {
  U0GUEST: { guest: true },
  U0GONE: { active: false },
  U0BOT: { bot: true },
  U0OTHER: { team: 'T0OTHER' },
  U0BARE: { team: '' },
};

export function fakeDirectory(): FakeDirectory {
  const answer = <T>(value: T): Promise<T> =>
    directory.down
      ? Promise.reject(new AcknetError('slack.failed', 'Slack did not answer.'))
      : Promise.resolve(value);
  const directory: FakeDirectory = {
    groups: new Map([['S0NET', ['U0ANN', 'U0ANN2', 'U0NET', 'U0OTHER']]]),
    down: false,
    homeTeam: () => answer(HOME),
    person: ({ user }) =>
      answer(
        user === 'U0NOBODY'
          ? undefined
          : { active: true, guest: false, bot: false, team: HOME, ...special[user] },
      ),
    groupMembers: (group) => {
      const members = directory.groups.get(group);
      if (members) return answer(members);
      return Promise.reject(new AcknetError('slack.failed', `No group ${group}.`));
    },
  };
  return directory;
}
