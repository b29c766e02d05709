/** Sentinels that know which server of a group is its master now. */
interface SentinelGroup {
  readonly sentinels: readonly { readonly host: string; readonly port: number }[];
  /** As the Sentinels call the master. */
  readonly name: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The Sentinels' own, where they have one. */
  readonly sentinelPassword: string | undefined;
  readonly db: number;
  /** For Redis and the Sentinels alike. */
  readonly tls: boolean;
}

const SENTINEL_PORT = 26_379;
const GROUP =
  /^redis(?<tls>s?)\+sentinel:\/\/(?:(?<login>[^@/]*)@)?(?<hosts>[^@/?]+)\/(?<name>[^/?]+)(?:\/(?<db>\d{1,4}))?(?:\?sentinelPassword=(?<own>[^&]+))?$/;
const HOST = /^(?<host>\[[0-9a-f:.]+\]|[a-z0-9][-a-z0-9._]*)(?::(?<port>\d{1,5}))?$/i;

/** Of `redis+sentinel://USER:PASSWORD@HOST:PORT,HOST:PORT/NAME/DB`; undefined = it is none, or not well formed. */
export function sentinelGroup(url: string): SentinelGroup | undefined {
  const parts = GROUP.exec(url)?.groups;
  const hosts = parts?.hosts?.split(',').map((text) => HOST.exec(text)?.groups);
  if (parts === undefined || hosts === undefined || hosts.includes(undefined)) return undefined;
  try {
    const [username, ...password] = (parts.login ?? '').split(':');
    return {
      sentinels: hosts.map((one) => ({
        host: (one?.host ?? '').replace(/^\[|\]$/g, ''),
        port: Number(one?.port ?? SENTINEL_PORT),
      })),
      name: decodeURIComponent(parts.name ?? ''),
      username: decoded(username),
      password: decoded(password.join(':')),
      sentinelPassword: decoded(parts.own),
      db: Number(parts.db ?? 0),
      tls: parts.tls === 's',
    };
  } catch {
    return undefined;
  }
}

const decoded = (text = ''): string | undefined => decodeURIComponent(text) || undefined;

const ONE_SERVER = /^rediss?:\/\//;

export const isRedisUrl = (url: string): boolean =>
  (ONE_SERVER.test(url) && URL.canParse(url)) || sentinelGroup(url) !== undefined;
