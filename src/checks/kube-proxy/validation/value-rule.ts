import type { EffectiveConfig } from './effective-config.js';
import type { ReleaseSpan } from './release-span.js';

/** A way in which a value breaks a rule. */
export interface Breach {
  /** Follows the path and the value: `must be 0 to 31`. */
  readonly plain: string;
  /** What kube-proxy says of it behind the path; absent = its words are not known for this release. */
  readonly says?: string | undefined;
  /** Behind the path in kube-proxy's words: `[0]` of a list. */
  readonly at?: string | undefined;
}

/** One rule of kube-proxy's validation, and the releases that have it. */
export interface ValueRule extends ReleaseSpan {
  /** Where the value stands in the file. */
  readonly field: string;
  /** The start of kube-proxy's words, which name Go types and not the file's keys. */
  readonly path: (minor: number) => string;
  /** Absent = always checked. */
  readonly when?: ((config: EffectiveConfig) => boolean) | undefined;
  /** undefined = kept. Looks at the value after defaults, which hide what is empty. */
  readonly breach: (config: EffectiveConfig) => Breach | undefined;
}

const FRAME = 'failed validate: KubeProxyConfiguration.';

export const validated =
  (path: string): ValueRule['path'] =>
  () =>
    `${FRAME}${path}`;

/** From 1.31 on what concerns Linux alone stands in a block of its own. */
export const validatedLinux =
  (path: string): ValueRule['path'] =>
  (minor) =>
    `${FRAME}${minor >= 31 ? 'KubeProxyLinuxConfiguration.' : ''}${path}`;

export const invalid = (value: string, text: string): string => `Invalid value: ${value}: ${text}`;

/** A text as Go quotes it. */
export const quoted = (value: string): string => JSON.stringify(value);

/** A list as Go prints it up to 1.33, and as JSON from 1.34 on. */
export const listText = (values: readonly string[], { minor }: EffectiveConfig): string =>
  minor === undefined || minor < 34
    ? `[]string{${values.map(quoted).join(', ')}}`
    : `[${values.map(quoted).join(',')}]`;
