import { describeFaults, refuseFaults } from '../describe-faults.js';
import { environmentSchema } from './environment-schema.js';

/** The proxy that a company's traffic leaves by. */
export interface ForwardProxy {
  /** `http://proxy:3128`; may hold a name and a password. */
  readonly url: string;
  /** Hosts reached straight, as in `NO_PROXY`. */
  readonly except?: string | undefined;
}

/** What a command needs that reaches the cloud, and no more of the environment; throws `config.invalid`. */
export function loadProxy(env: Readonly<Record<string, string | undefined>>): ForwardProxy | undefined {
  const given = proxiesNamed(dropEmpty(env));
  const parsed = environmentSchema.pick({ HTTPS_PROXY: true, NO_PROXY: true }).safeParse(given);
  if (!parsed.success) refuseFaults(describeFaults(parsed.error, given, 'secret'), 'the environment');
  return proxyOf(parsed.data ?? {});
}

export const proxyOf = (env: {
  readonly HTTPS_PROXY?: string | undefined;
  readonly NO_PROXY?: string | undefined;
}): ForwardProxy | undefined =>
  env.HTTPS_PROXY === undefined ? undefined : { url: env.HTTPS_PROXY, except: env.NO_PROXY };

/** Both ways of writing them are common; the small one is the older. */
export function proxiesNamed(env: Readonly<Record<string, string>>): Record<string, string> {
  const { https_proxy, no_proxy, ...rest } = env;
  return dropEmpty({ HTTPS_PROXY: https_proxy, NO_PROXY: no_proxy, ...rest });
}

export function dropEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
