import type { Dispatcher } from 'undici';

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  /** The object or list meant; a 404 is believed only where it is about this. */
  readonly about?: ObjectPlace;
  readonly signal: AbortSignal;
}

export interface KubeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Dispatcher.ResponseData['body'];
}

export interface ObjectPlace {
  readonly group: string;
  readonly plural: string;
  readonly name?: string | undefined;
}
