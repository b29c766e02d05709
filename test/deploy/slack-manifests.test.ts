import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { saidSchema } from '../../src/slack/questions/message-events.js';

interface Manifest {
  readonly features: { readonly slash_commands: { readonly command: string; readonly url?: string }[] };
  readonly oauth_config: { readonly scopes: { readonly bot: string[] } };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: string[]; readonly request_url?: string };
    readonly interactivity: { readonly is_enabled: boolean; readonly request_url?: string };
    readonly socket_mode_enabled: boolean;
  };
}

const read = (file: string): Manifest => parse(readFileSync(file, 'utf8'));
const socket = read('deploy/slack-manifest.yaml');
const http = read('deploy/slack-manifest-http.yaml');
const source = ['src/slack', 'src/cli/doctor']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
  )
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** What Slack's reference of each method and event asks of a bot token. */
const history = ['channels:history', 'groups:history', 'im:history'];
const needs: Readonly<Record<string, readonly string[]>> = {
  'assistant.threads.setStatus': ['assistant:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'auth.test': [],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': history,
  'conversations.open': ['im:write'],
  'conversations.replies': history,
  filesUploadV2: ['files:write'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
};
const eventNeeds: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  subteam_members_changed: ['usergroups:read'],
  subteam_updated: ['usergroups:read'],
  user_change: ['users:read'],
};

const unique = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();

const called = unique(
  [
    ...source.matchAll(
      /\b(?:client|slack)\.((?:auth|chat|conversations|usergroups|users|views)(?:\.\w+)+)\(/g,
    ),
    ...source.matchAll(/\.apiCall\('([\w.]+)'/g),
    ...source.matchAll(/\.(filesUploadV2)\(/g),
  ].flatMap(([, name = '']) => name),
);
/** A listener hears `message` whatever the channel; the manifest names each kind of channel. */
const heard = unique([
  ...saidSchema.shape.event.shape.type.options,
  ...[...source.matchAll(/\.event\('(\w+)'/g)].flatMap(([, name = '']) => name),
]);

describe('the Slack manifests', () => {
  it('ask for the scopes that the called methods and the events need, and for no others', () => {
    const { bot } = socket.oauth_config.scopes;
    const events = socket.settings.event_subscriptions.bot_events;
    const wanted = [...called.map((name) => needs[name]), ...events.map((name) => eventNeeds[name])];
    expect(wanted.filter((scopes) => scopes === undefined)).toEqual([]);
    expect(unique(bot)).toEqual(unique(['commands', ...wanted.flatMap((scopes) => scopes ?? [])]));
  });

  it('know of each method that the code calls', () => {
    expect(called).toEqual(Object.keys(needs).sort());
  });

  it('subscribe to what listeners hear, and to nothing else', () => {
    const events = socket.settings.event_subscriptions.bot_events.map((name) =>
      name.replace(/^message\..*/, 'message'),
    );
    expect(unique(events)).toEqual(heard);
  });

  it('are one app, over Socket Mode or over HTTP: only the ways in differ', () => {
    const url = 'https://acknet.example.com/slack/events';
    const { settings, features } = socket;
    expect(http).toEqual({
      ...socket,
      features: {
        ...features,
        slash_commands: features.slash_commands.map((command) => ({ ...command, url })),
      },
      settings: {
        ...settings,
        event_subscriptions: { ...settings.event_subscriptions, request_url: url },
        interactivity: { ...settings.interactivity, request_url: url },
        socket_mode_enabled: false,
      },
    });
    expect(settings.socket_mode_enabled).toBe(true);
  });
});
