import type { ResponseUrls } from '../requests/response-urls.js';
import type { TriggerIds } from '../requests/trigger-ids.js';
import type { SeedGroup, SeedUser, WorkspaceSeed } from './workspace-seed.js';
import { dmOf } from './workspace-seed.js';

/** Everything the simulated workspace holds; the modules beside this one change it. */
export interface World {
  readonly seed: WorkspaceSeed;
  readonly now: () => Date;
  readonly nextId: () => string;
  readonly users: Map<string, SeedUser>;
  readonly groups: Map<string, SeedGroup>;
  readonly channels: Map<string, ChannelRecord>;
  readonly ephemerals: EphemeralRecord[];
  readonly views: Map<string, ViewRecord>;
  /** Open modals of each person, the topmost last. */
  readonly stacks: Map<string, string[]>;
  readonly homes: Map<string, string>;
  readonly files: Map<string, FileRecord>;
  readonly triggers: TriggerIds;
  readonly responseUrls: ResponseUrls;
  version: number;
  /** A new message timestamp, later than every one before. */
  nextTs(): string;
  /** Sends events of one occurrence to the app. */
  emit(events: readonly Wire[]): void;
  changed(): void;
}

/** A JSON object on its way over the wire. */
export type Wire = Record<string, unknown>;

export interface MessageContent extends Wire {
  text: string;
  user?: string;
  bot_id?: string;
  thread_ts?: string;
  parent_user_id?: string;
  subtype?: string;
  blocks?: Wire[];
  attachments?: Wire[];
  files?: Wire[];
  reactions?: { name: string; users: string[]; count: number }[];
}

export interface StoredMessage extends MessageContent {
  type: 'message';
  ts: string;
}

export interface ChannelRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'group' | 'im';
  readonly topic: string;
  readonly members: Set<string>;
  readonly messages: StoredMessage[];
  readonly statuses: Map<string, string>;
  prompts: { title: string; message: string }[];
}

export interface EphemeralRecord {
  readonly channel: string;
  readonly receiver: string;
  message: StoredMessage;
}

export interface ViewRecord {
  readonly id: string;
  readonly user: string;
  view: Wire;
  /** What the person has typed and chosen so far, by block and action. */
  values: Record<string, Record<string, Wire>>;
  errors: Record<string, string>;
}

export interface FileRecord {
  readonly id: string;
  readonly name: string;
  title: string;
  content: Buffer;
  readonly length: number;
  readonly user: string;
  uploaded: boolean;
  shared: boolean;
}

type Parts = Pick<World, 'seed' | 'now' | 'nextId' | 'triggers' | 'responseUrls' | 'emit' | 'changed'>;

export function createWorld(parts: Parts): World {
  const clock = { last: 0 };
  return {
    ...parts,
    users: new Map(parts.seed.users.map((user) => [user.id, user])),
    groups: new Map(parts.seed.groups.map((group) => [group.id, group])),
    channels: new Map(channelsOf(parts.seed).map((channel) => [channel.id, channel])),
    ephemerals: [],
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    files: new Map(),
    version: 0,
    nextTs: () => {
      // Microseconds of the wall clock, pushed on where two messages share a millisecond.
      clock.last = Math.max(clock.last + 100, parts.now().getTime() * 1000);
      return `${Math.floor(clock.last / 1e6)}.${String(clock.last % 1e6).padStart(6, '0')}`;
    },
  };
}

function channelsOf({ channels, users, app }: WorkspaceSeed): ChannelRecord[] {
  const fresh = () => ({ messages: [], statuses: new Map<string, string>(), prompts: [] });
  return [
    ...channels.map(({ id, name, members, is_private, topic }) => ({
      ...{ id, name, topic: topic ?? '', members: new Set(members) },
      kind: is_private ? ('group' as const) : ('channel' as const),
      ...fresh(),
    })),
    ...users.map(({ id }) => ({
      ...{ id: dmOf(id), name: app.name, topic: '', kind: 'im' as const },
      members: new Set([id, app.botUser]),
      ...fresh(),
    })),
  ];
}
