import type { CloudState, SwitchName } from '../cloud/shown/cloud-state.js';
import type { Attachment, Block } from './blocks/block-kit.js';

/** What `GET /sandbox/state?as=U…` answers; docs/sandbox-slack.md describes it. */
export interface SandboxState {
  version: number;
  team: { id: string; name: string };
  me: string;
  users: User[];
  usergroups: { id: string; handle: string; users: string[] }[];
  channels: Channel[];
  /** Open modals, the topmost last. */
  views: View[];
  /** With the slash. */
  commands: string[];
  /** The app's Home tab, once it has published one. */
  home?: View;
}

interface User {
  id: string;
  name: string;
  real_name?: string;
  is_bot?: boolean;
  title?: string;
}

export interface Channel {
  id: string;
  name: string;
  is_im: boolean;
  topic?: string;
  member_count?: number;
  messages: Message[];
  statuses?: { thread_ts: string; status: string }[];
  suggested_prompts?: { title: string; message: string }[];
}

export interface Message {
  ts: string;
  user?: string;
  bot_id?: string;
  /** Of another integration's post. */
  username?: string;
  text: string;
  thread_ts?: string;
  subtype?: string;
  blocks?: Block[];
  attachments?: Attachment[];
  edited?: { ts: string };
  is_ephemeral?: boolean;
  files?: { id: string; title?: string; name: string; content?: string; url?: string }[];
  reactions?: { name: string; count: number }[];
}

export interface View {
  id: string;
  title: { text: string };
  submit?: { text: string };
  close?: { text: string };
  blocks: Block[];
  errors?: Record<string, string>;
}

/** What `GET /sandbox/clusters` answers. */
export interface ClusterState {
  name: string;
  nodes: { name: string; ready: string; message?: string; unschedulable?: boolean }[];
  configMaps: { namespace: string; name: string; data: Record<string, string> }[];
  daemonSets: {
    namespace: string;
    name: string;
    pods: { name: string; node: string; ready: boolean; startedAt?: string; image?: string }[];
  }[];
}

export interface Act {
  act: 'say' | 'command' | 'click' | 'submit' | 'closeView' | 'openDm' | 'openHome';
  [key: string]: unknown;
}

/** What `GET /sandbox/clouds` answers: the account of each cluster that lives in one. */
export type ClusterCloud = CloudState & { cluster: string };

/** What `POST /sandbox/switch` takes. */
export interface SwitchThrow {
  cluster: string;
  name: SwitchName;
  on: boolean;
  api?: string;
}
