import type { Message, SandboxState } from '../page/sandbox-state.js';
import type { Person } from './people/person.js';
import type { Rates } from './requests/rate-limits.js';
import type { DisconnectReason } from './socket/socket-hub.js';
import type { SeedUser, WorkspaceSeed } from './state/workspace-seed.js';

export interface SlackSimulatorOptions {
  /** Absent or 0: a free port. Always on loopback. */
  readonly port?: number;
  readonly now: () => Date;
  /** A new UUID-shaped id each time. */
  readonly nextId: () => string;
  readonly seed?: WorkspaceSeed;
  /** Default `slack`. */
  readonly rates?: 'slack' | 'off' | Rates;
  readonly ackDeadlineMs?: number;
  /** How the workspace reaches the app; default Socket Mode. */
  readonly transport?: 'socket' | 'http';
  /** How long `waitFor` waits where it is not told; default 10 s. */
  readonly patienceMs?: number;
  /** Told of each sending over a socket that was acknowledged, and how long that took. */
  readonly onAck?: (tookMs: number) => void;
  /** Told of each Web API call as it is answered. */
  readonly onCall?: (call: ApiCall) => void;
}

export interface SlackSimulator {
  /** Ends in `/api/`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  /** What requests over HTTP are signed with. */
  readonly signingSecret: string;
  /** Requests over HTTP go there too, in turn; rejects where the address does not answer Slack's challenge. Returns how to end it. */
  sendTo(url: string): Promise<() => void>;
  readonly seed: WorkspaceSeed;
  readonly faults: SlackFaults;
  /** Every Web API call, in order of arrival of its answer. */
  readonly calls: readonly ApiCall[];
  as(userId: string): Person;
  /** The workspace as that person sees it: own DM, own ephemerals, own modals. */
  state(as: string): SandboxState;
  /** Oldest first. Without `as`: everything but ephemerals. With `threadTs`: that root and its replies. */
  messages(at: { channel: string; as?: string; threadTs?: string }): Message[];
  dmOf(userId: string): string;
  setGroupMembers(group: string, users: readonly string[]): void;
  setUser(
    userId: string,
    change: Partial<Pick<SeedUser, 'deleted' | 'is_restricted' | 'is_ultra_restricted'>>,
  ): void;
  setBotMembership(channel: string, member: boolean): void;
  /** A message of another integration, subtype `bot_message`. Returns its ts. */
  postAsApp(message: { channel: string; username: string; text: string; threadTs?: string }): string;
  /** Returns how to stop listening. */
  onChange(listener: () => void): () => void;
  /** The first truthy answer of `probe`, asked again on every change. Rejects after `timeoutMs` (10 s). */
  waitFor<T>(probe: () => T | Promise<T>, timeoutMs?: number): Promise<Exclude<T, undefined | null | false>>;
  /** Open Socket Mode connections. */
  sockets(): number;
  close(): Promise<void>;
}

export interface MethodFault {
  readonly error?: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** Alone: the method answers late, and normally. */
  readonly delayMs?: number;
  /** The method is carried out, and the connection cut before its answer. */
  readonly loseAnswer?: boolean;
  readonly times?: number;
}

export interface SlackFaults {
  /** The next event is delivered twice, with the same event id. */
  duplicateNextEvent(): void;
  /** The ack of the next event is lost: it comes again with `retry_attempt` 1. */
  retryNextEvent(): void;
  /** Cuts every connection without a close frame. */
  dropSockets(): void;
  disconnectSockets(reason?: DisconnectReason): void;
  /** `*` = every method. Returns how to undo it. */
  onMethod(method: string, fault: MethodFault): () => void;
  /** As a workspace that does not know these block types yet. Returns how to undo it. */
  refuseBlocks(...types: readonly string[]): () => void;
  ackDeadlineMs: number;
  clear(): void;
}

export interface ApiCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly at: string;
}
