import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config/config.js';
import { sentinelGroup } from '../../src/config/environment/redis-url.js';
import { mask } from '../../src/masking/mask.js';

const secrets = {
  SLACK_BOT_TOKEN: 'xoxb-1-secret',
  SLACK_APP_TOKEN: 'xapp-1-secret',
  ACKNET_ALERTS_TOKEN: 'a-token-for-tests-1',
};
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(yaml: string, env: Record<string, string> = secrets) {
  const file = path.join(folder, 'acknet.yaml');
  await writeFile(file, yaml);
  return loadConfig({ ...env, ACKNET_CONFIG: file });
}

const faultsOf = async (yaml: string, env?: Record<string, string>): Promise<string> => {
  const error: unknown = await load(yaml, env).then(
    () => undefined,
    (fault: unknown) => fault,
  );
  expect(error).toMatchObject({ code: 'config.invalid' });
  return (error as Error).message;
};

describe('a good configuration', () => {
  it('fills in every default and freezes the result', async () => {
    const config = await load('clusters: {cluster-x: {kubeconfig: kube/x.yaml}}');
    expect(config.proposals.expireAfterSeconds).toBe(1800);
    expect(config.slack.apiUrl).toBe('https://slack.com/api/');
    expect(config.clusters['cluster-x']?.approvers).toEqual({ users: [], groups: [] });
    expect(() => Object.assign(config.clusters, { other: {} })).toThrow(TypeError);
  });

  it('takes kubeconfig paths as relative to the file', async () => {
    const config = await load('clusters: {x: {kubeconfig: kube/x.yaml, fixer: {kubeconfig: kube/fix.yaml}}}');
    expect(config.clusters.x?.kubeconfig).toBe(path.join(folder, 'kube/x.yaml'));
    expect(config.clusters.x?.fixer?.kubeconfig).toBe(path.join(folder, 'kube/fix.yaml'));
  });

  it('has every key in the annotated example', () => {
    // What alerts take has its examples in docs/alerts.md.
    const schemas = ['file-schema.ts', ...readdirSync('src/config/schemas').map((file) => `schemas/${file}`)]
      .filter((file) => !file.endsWith('/alerts-schema.ts'))
      .map((file) => readFileSync(`src/config/${file}`, 'utf8'))
      .join('\n');
    const keys = [
      ...schemas.matchAll(/^\s+([a-zA-Z]+): |[{,] ([a-z][A-Za-z]+): (?=z\.|value|seconds|people)/gm),
    ].map((m) => m[1] ?? m[2]);
    const example = readFileSync('docs/acknet.example.yaml', 'utf8');
    expect(keys.length).toBeGreaterThan(50);
    expect(
      keys.filter((key) => !new RegExp(`\\b${key}:`).test(example) && !/^(low|medium)$/.test(String(key))),
    ).toEqual([]);
  });

  it('loads the annotated example', async () => {
    const config = await loadConfig({ ...secrets, ACKNET_CONFIG: 'docs/acknet.example.yaml' });
    expect(Object.keys(config.clusters).length).toBeGreaterThan(0);
  });
});

describe('a bad configuration', () => {
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, { url: 'http://proxy:3128', except: undefined }],
    [
      { https_proxy: 'http://proxy:3128', no_proxy: '.corp' },
      { url: 'http://proxy:3128', except: '.corp' },
    ],
    [
      { https_proxy: 'http://old:1', HTTPS_PROXY: 'http://new:1' },
      { url: 'http://new:1', except: undefined },
    ],
  ])('reads the way to Slack from %j', async (env, proxy) => {
    expect((await load('clusters: {}', { ...secrets, ...env })).slack.proxy).toEqual(proxy);
  });

  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'says what is wrong with %s, and not what it holds',
    async (name) => {
      const faults = await faultsOf('clusters: {}', {
        ...secrets,
        [name]: 'socks5://ana:pa55word@proxy:1080',
      });
      expect(faults).toMatch(/HTTPS_PROXY: expected .*, found .*characters/);
      expect(faults).not.toContain('pa55word');
    },
  );

  it('reports every fault of file and environment at once', async () => {
    const faults = await faultsOf(
      'clusters: {Bad Name: {}, x: {approvers: {users: [bo]}, colour: red}}\nchecks: {deadlineSeconds: -1}\n',
      { SLACK_BOT_TOKEN: 'nonsense' },
    );
    for (const at of [
      'clusters.Bad Name: expected a lower-case cluster name as key',
      'clusters.x.approvers.users.0: expected a Slack user id such as U024BE7LH, found "bo"',
      'clusters.x.colour: unknown key',
      'checks.deadlineSeconds',
      'expected SLACK_BOT_TOKEN to be a token that starts with xoxb-',
      'SLACK_APP_TOKEN',
    ]) {
      expect(faults).toContain(at);
    }
  });

  it.each([
    [
      'a key that is misspelt',
      'clusters: {x: {aprovers: {}}}',
      'clusters.x.aprovers: unknown key (did you mean approvers?)',
    ],
    ['an alias without its anchor', 'clusters: *none', 'Unresolved alias'],
    [
      'aliases without end',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nclusters: [*c,*c]`,
      'alias',
    ],
    ['a second document', 'clusters: {}\n---\nclusters: {x: {}}', 'a second document begins at line 2'],
    ['a number without end', 'clusters: {}\nchecks: {perCluster: .inf}', 'found Infinity'],
    [
      'a path that only a shell would follow',
      'clusters: {x: {kubeconfig: ~/kube.yaml}}',
      'clusters.x.kubeconfig: expected a path',
    ],
  ])('names %s as one fault in plain words', async (_title, yaml, part) => {
    const faults = await faultsOf(yaml);
    expect(faults).toContain('1 fault:');
    expect(faults).toContain(part);
    expect(faults).not.toMatch(/please use|Invalid|received/);
  });

  it.each([
    [
      'a cluster called all',
      'clusters: {all: {}}',
      'clusters.all: expected another name: "check all" means every cluster',
    ],
    [
      'one account under two people',
      'clusters: {}\npeople: {bo: [U1], ana: [U2, U1]}',
      'people.ana: expected accounts of nobody else, found "U1", which is under bo too',
    ],
    [
      'a freeze that ends before it begins',
      'clusters: {x: {freezes: [{from: "2026-12-24T00:00:00+08:00", to: "2026-12-02T00:00:00+08:00", why: a}]}}',
      'clusters.x.freezes.0.to: expected a time after from ("2026-12-24T00:00:00+08:00"), found "2026-12-02T00:00:00+08:00"',
    ],
    [
      'a number that is a slip of units',
      'clusters: {}\nchecks: {deadlineSeconds: 120000}',
      'checks.deadlineSeconds: expected at most 3600, found 120000',
    ],
    [
      'a number that is too small',
      'clusters: {}\nchecks: {deadlineSeconds: 0}',
      'checks.deadlineSeconds: expected more than 0, found 0',
    ],
    ['a text for a number', 'clusters: {}\nhttp: {port: http}', 'http.port: expected a number, found "http"'],
    [
      'a word that is none of those',
      'clusters: {}\nlog: {level: loud}',
      'log.level: expected one of debug, info, warn, error, found "loud"',
    ],
    [
      'a text for a list',
      'clusters: {x: {approvers: {users: U1}}}',
      'clusters.x.approvers.users: expected a list, found "U1"',
    ],
    [
      'alerts of a cluster that is none',
      'clusters: {cluster-x: {}}\nalerts: {channel: C1, clusters: {prod: clutser-x}}',
      'alerts.clusters.prod: expected a name under clusters, found "clutser-x" (did you mean cluster-x?)',
    ],
    [
      'a star in the middle of the name of an alert',
      'clusters: {}\nalerts: {channel: C1, rules: [{alerts: ["a*b"]}]}',
      'alerts.rules.0.alerts.0: expected a name of an alert, or the begin of one and *, found "a*b"',
    ],
    ['a list for a mapping', 'clusters: [x]', 'clusters: expected a mapping, found ["x"]'],
    [
      'an empty list of accounts',
      'clusters: {}\npeople: {bo: []}',
      'people.bo: expected at least 1 entry, found []',
    ],
    [
      'a time without its offset',
      'clusters: {x: {freezes: [{from: "2026-12-24", to: "2027-01-02T00:00:00Z", why: a}]}}',
      'clusters.x.freezes.0.from: expected a time with its offset such as 2026-12-24T00:00:00+08:00, found "2026-12-24"',
    ],
    [
      'a channel with a slip in its cluster',
      'clusters: {cluster-x: {}}\nchannels: {C1: {cluster: clutser-x}}',
      'channels.C1.cluster: expected a name under clusters, found "clutser-x" (did you mean cluster-x?)',
    ],
    [
      'a schedule of no cluster that there is',
      'clusters: {x: {}}\nschedules: {s: {cluster: y, when: every 6h, channel: C1}}',
      'schedules.s.cluster: expected a name under clusters, found "y"',
    ],
    [
      'a schedule that runs too often',
      'clusters: {}\nschedules: {s: {cluster: all, when: every 5m, channel: C1}}',
      'schedules.s.when: expected a time such as every 6h or daily 09:00 Asia/Shanghai, found "every 5m"',
    ],
    [
      'two schedules of the same in one channel',
      'clusters: {}\nschedules: {a: {cluster: all, when: hourly, channel: C1}, b: {cluster: all, when: every 6h, channel: C1}}',
      'schedules.b: expected another cluster or channel than that of schedules.a, found the same',
    ],
    [
      'a channel named by its name',
      'clusters: {}\nchannels: {ops: {}}',
      'channels.ops: expected a Slack channel id such as C024BE91L as key',
    ],
  ])('refuses %s in plain words', async (_title, yaml, fault) => {
    const faults = await faultsOf(yaml);
    expect(faults.split('\n').slice(1)).toEqual([`- ${fault}`]);
    expect(faults).not.toMatch(/Invalid|Too (small|big)|received/);
  });

  it('shows what is wrong beneath a key that is wrong itself', async () => {
    const faults = await faultsOf(
      'clusters: {Bad Name: {approvers: {users: [bo]}}}\nchannels: {ops: {cluster: 7}}',
    );
    for (const at of [
      'clusters.Bad Name: ',
      'clusters.Bad Name.approvers.users.0: ',
      'channels.ops: ',
      'channels.ops.cluster: ',
    ])
      expect(faults).toContain(at);
  });

  it.each([
    ['a missing file', undefined, /cannot be read \(ENOENT\)/],
    ['broken YAML', 'clusters: {x: [', /expected a YAML mapping/],
    ['a list', '- a', /expected a YAML mapping/],
    ['an empty file', '', /expected a YAML mapping/],
    [
      'a channel whose cluster is not configured',
      'clusters: {}\nchannels: {C1: {cluster: y}}',
      /channels\.C1\.cluster/,
    ],
  ])('refuses %s', async (_title, yaml, fault) => {
    if (yaml === undefined) {
      await expect(loadConfig({ ...secrets, ACKNET_CONFIG: path.join(folder, 'none.yaml') })).rejects.toThrow(
        fault,
      );
    } else {
      expect(await faultsOf(yaml)).toMatch(fault);
    }
  });

  it('never repeats a secret', async () => {
    const faults = await faultsOf('clusters: {}', {
      SLACK_BOT_TOKEN: 'sk-canary-1',
      SLACK_APP_TOKEN: 'sk-canary-2',
      ACKNET_AUDIT_KEY: 'canary',
    });
    expect(faults).not.toContain('canary');
  });
});

describe('where Redis is', () => {
  const at = async (url: string) =>
    (await load('clusters: {}', { ...secrets, ACKNET_REDIS_URL: url })).redisUrl;

  it.each([
    'redis://10.0.0.1:6379',
    'rediss://:p%40ss@redis.example/2',
    'redis+sentinel://a:26379,b/mymaster',
    'rediss+sentinel://user:p%2Fw@10.0.0.1,[fd00::1]:5000/my-master/3?sentinelPassword=x',
  ])('may be %s', async (url) => {
    expect(await at(url)).toBe(url);
  });

  it.each([
    'http://10.0.0.1',
    'redis+sentinel://a:26379,b:26379',
    'redis+sentinel:///mymaster',
    'redis+sentinel://a,,b/mymaster',
    'redis+sentinel://u:%E0@a/mymaster',
    'redis+sentinel://a/mymaster?password=x',
  ])('is not %s', async (url) => {
    const faults = await faultsOf('clusters: {}', { ...secrets, ACKNET_REDIS_URL: url });
    expect(faults).toMatch(/ACKNET_REDIS_URL: expected redis:\/\//);
  });

  it('is read from the URL of a group of Sentinels part by part', () => {
    const url = 'rediss+sentinel://user:p%2Fw:x@10.0.0.1,[fd00::1]:5000/my-master/3?sentinelPassword=a%26b';
    expect(sentinelGroup(url)).toEqual({
      sentinels: [
        { host: '10.0.0.1', port: 26_379 },
        { host: 'fd00::1', port: 5000 },
      ],
      ...{
        name: 'my-master',
        username: 'user',
        password: 'p/w:x',
        sentinelPassword: 'a&b',
        db: 3,
        tls: true,
      },
    });
  });
});

describe('what is switched on', () => {
  const alerts = 'clusters: {}\nalerts: {channel: C1}';
  const http = 'clusters: {}\ninbound: {slack: true}';
  const board = 'clusters: {}\nhttp: {queueBoard: true}';
  it.each<[string, string, Record<string, string>, string]>([
    [
      'alerts need a token',
      alerts,
      {},
      'alerts: expected ACKNET_ALERTS_TOKEN or ACKNET_ALERTS_TOKEN_FILE in the environment, found neither',
    ],
    [
      'the queue board needs a password',
      board,
      {},
      'http.queueBoard: expected ACKNET_BOARD_PASSWORD or ACKNET_BOARD_PASSWORD_FILE in the environment, found neither',
    ],
    [
      'a password is not short',
      board,
      { ACKNET_BOARD_PASSWORD: 'short' },
      'expected ACKNET_BOARD_PASSWORD to be 16',
    ],
    [
      'the file of the password must be there',
      board,
      { ACKNET_BOARD_PASSWORD_FILE: '/none/here' },
      'ACKNET_BOARD_PASSWORD_FILE: the file cannot be read (ENOENT)',
    ],
    [
      'a token has no spaces',
      alerts,
      { ACKNET_ALERTS_TOKEN: 'a token with spaces in it' },
      'expected ACKNET_ALERTS_TOKEN to be 16',
    ],
    [
      'a token is not short',
      alerts,
      { ACKNET_ALERTS_TOKEN: 'short' },
      'expected ACKNET_ALERTS_TOKEN to be 16',
    ],
    [
      'its file must be there',
      alerts,
      { ACKNET_ALERTS_TOKEN_FILE: '/none/here' },
      'the file cannot be read (ENOENT)',
    ],
    ['HTTP mode needs a secret', http, {}, 'expected SLACK_SIGNING_SECRET to be a secret'],
    [
      'Socket Mode needs its token',
      'clusters: {}',
      { SLACK_APP_TOKEN: '' },
      'expected SLACK_APP_TOKEN to be a token',
    ],
  ])('%s', async (_title, yaml, env, fault) => {
    expect(await faultsOf(yaml, env)).toContain(fault);
  });

  it.each([alerts, board])(
    'says what is missing also on a terminal, where all is masked: %j',
    async (yaml) => {
      expect(mask(await faultsOf(yaml, {}))).toContain('in the environment, found neither');
    },
  );

  it('is read from the environment, or from a file', async () => {
    const file = path.join(folder, 'token');
    await writeFile(file, 'a-token-in-a-file-1\n');
    const yaml = path.join(folder, 'on.yaml');
    await writeFile(yaml, `${alerts}\ninbound: {slack: true}\nhttp: {queueBoard: true}`);
    const secret = 'a-signing-secret-1';
    const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: secret, ACKNET_CONFIG: yaml };
    const given = { ACKNET_ALERTS_TOKEN_FILE: file, ACKNET_BOARD_PASSWORD: 'a-password-given-1' };
    const config = await loadConfig({ ...env, ...given });
    expect(config).toMatchObject({
      ...{ alertsToken: 'a-token-in-a-file-1', boardPassword: 'a-password-given-1' },
      slack: { signingSecret: secret },
    });
  });
});
