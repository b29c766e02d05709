import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { imageArgs, imageEnv } from '../../bench/processes.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { runCli } from '../support/run-cli.js';

const read = (file: string): string => readFileSync(file, 'utf8');
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

const service = z.object({
  command: z.array(z.string()),
  image: z.string(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  stop_grace_period: z.string().optional(),
});
const compose = z
  .object({ services: z.object({ redis: service, bot: service, worker: service }) })
  .parse(parse(read('docker-compose.yml'), { merge: true }));

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** Dockerfile instructions in order, continued lines joined, comments dropped. */
const instructions: Instruction[] = read('deploy/Dockerfile')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    return { name, rest };
  });
const all = (name: string): string[] =>
  instructions.filter((entry) => entry.name === name).map(({ rest }) => rest);

describe('docker-compose.yml', () => {
  it('keeps what Redis holds: append-only, and nothing evicted', () => {
    const { command } = compose.services.redis;
    expect(command.join(' ')).toContain('--appendonly yes');
    expect(command.join(' ')).toContain('--maxmemory-policy noeviction');
  });

  it.each(['bot', 'worker'] as const)('runs %s with a command that acknet has', async (name) => {
    const { command, build, environment } = compose.services[name];
    const [first = ''] = command;
    const { code, stdout } = await runCli([first, '--help']);
    expect({ code, help: stdout }).toEqual({ code: 0, help: expect.stringContaining(`acknet ${first}`) });
    expect(build).toEqual({ context: '.', dockerfile: 'deploy/Dockerfile' });
    expect(environment).toMatchObject({ ACKNET_REDIS_URL: 'redis://redis:6379' });
  });

  it('gives each part longer to stop than it takes', () => {
    const seconds = (text: string | undefined) => Number(/^(\d+)s$/.exec(text ?? '')?.[1]);
    expect(seconds(compose.services.bot.stop_grace_period)).toBeGreaterThan(10);
    expect(seconds(compose.services.worker.stop_grace_period)).toBeGreaterThan(45 + 5);
  });
});

describe('deploy/Dockerfile', () => {
  it('uses only instructions that Docker has', () => {
    const known = ['ARG', 'FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'EXPOSE', 'ENTRYPOINT', 'CMD'];
    expect(instructions.filter(({ name }) => !known.includes(name))).toEqual([]);
  });

  it('builds on an exact tag, with the digest as an argument, in both stages', () => {
    expect(all('FROM')).toEqual([
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as Docker writes arguments
      'node:${NODE_TAG}${NODE_DIGEST} AS build',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as Docker writes arguments
      'node:${NODE_TAG}${NODE_DIGEST}',
    ]);
    expect(all('ARG')).toEqual([
      expect.stringMatching(/^NODE_TAG=20\.\d+\.\d+-bookworm-slim$/),
      'NODE_DIGEST=',
    ]);
  });

  it('leaves the sandbox out: of it only the manifest that the lock file names is seen, by the build', () => {
    expect(all('COPY').filter((rest) => rest.includes('sandbox'))).toEqual([
      'sandbox/package.json ./sandbox/',
    ]);
    const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
    expect(JSON.stringify(last)).not.toContain('sandbox');
  });

  it('copies only what is there', () => {
    const sources = all('COPY')
      .filter((rest) => !rest.startsWith('--from='))
      .flatMap((rest) => rest.split(/\s+/).slice(0, -1));
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    expect(sources).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', 'src', 'intents']));
  });

  it('runs npm scripts that exist, and a program that the build makes', () => {
    const run = all('RUN').join(' && ');
    const called = [...run.matchAll(/npm run (?:--\S+ )*([\w:-]+)/g)].map(([, script = '']) => script);
    expect(called).toContain('build');
    for (const script of called) expect(scripts).toHaveProperty([script]);
    expect(JSON.parse(all('ENTRYPOINT')[0] ?? '')).toEqual(['node', ...imageArgs, 'dist/main.js']);
    expect(scripts.build).toContain('tsc -p src');
  });

  it('starts Node as the benches do', () => {
    const env = all('ENV').flatMap((rest) => rest.split(' '));
    expect(env).toEqual(expect.arrayContaining(Object.entries(imageEnv).map((pair) => pair.join('='))));
  });

  it('does not run as root', () => {
    expect(all('USER')).toEqual(['node']);
  });
});

describe('deploy/slack-manifest.yaml', () => {
  const manifest = parse(read('deploy/slack-manifest.yaml')) as {
    oauth_config: { scopes: { bot: string[] } };
    settings: { event_subscriptions: { bot_events: string[] }; socket_mode_enabled: boolean };
    features: { slash_commands: { command: string }[] };
  };

  it('asks for the scopes of the methods that acknet calls, and no more', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([
      'app_mentions:read',
      'assistant:write',
      'channels:history',
      'chat:write',
      'commands',
      'files:write',
      'groups:history',
      'im:history',
      'im:write',
      'usergroups:read',
      'users:read',
    ]);
  });

  it('subscribes to every event that a listener waits for', () => {
    const events = manifest.settings.event_subscriptions.bot_events;
    for (const event of [
      'app_mention',
      'message.channels',
      'message.groups',
      'message.im',
      'app_home_opened',
    ])
      expect(events).toContain(event);
    for (const event of ['subteam_members_changed', 'subteam_updated']) expect(events).toContain(event);
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(['/acknet']);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
  });
});
