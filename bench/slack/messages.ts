/** What the processes of the measurement tell each other. */
export interface WorkspaceReady {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
}

export interface Load {
  readonly seconds: number;
  /** Mentions a second. */
  readonly rate: number;
}

/** How long each acknowledgement and each first answer took, in ms, and what the workspace itself cost. */
export interface LoadMeasure {
  readonly acksMs: readonly number[];
  readonly answersMs: readonly number[];
  /** Mentions that nobody answered in time. */
  readonly unanswered: number;
  /** The workspace's processor time as a part of the wall time. */
  readonly share: number;
  /** How long the workspace's own event loop kept what came in waiting, 99 of 100 times less than this. */
  readonly ownDelayP99Ms: number;
}

export type ToWorkspace = { readonly load: Load } | 'connected?';
