import type { CredentialEnd } from '../../ports.js';
import type { Headers } from './impersonation.js';

export interface TlsOptions {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly rejectUnauthorized?: boolean;
  readonly servername?: string;
}

/** What one request needs to be let in. */
export interface Admission {
  readonly server: string;
  readonly headers: Headers;
  readonly tls: TlsOptions;
  readonly proxyUrl?: string | undefined;
}

export interface Credential {
  /** Obtained anew for every request, as tokens and files change. */
  admit(): Promise<Admission>;
  ends(): Promise<CredentialEnd>;
}
