export interface KubeProxyFault {
  /**
   * `unreadable`, `value` and `gate` stop a kube-proxy that starts with them; `misplaced`, `unknown`, `early` (a later
   * release has it), `removed` and `duplicate` are ignored by it; `unfamiliar` is what acknet cannot judge.
   */
  readonly kind:
    | 'unreadable'
    | 'value'
    | 'gate'
    | 'misplaced'
    | 'unknown'
    | 'early'
    | 'removed'
    | 'duplicate'
    | 'unfamiliar';
  /** e.g. `ipvs.udpTimeout`; '' for the document. */
  readonly path: string;
  /** The value as it stands there, where it is one. */
  readonly value?: string | undefined;
  /** Follows path and value in a sentence: `needs a unit, as in 10s`. */
  readonly detail: string;
  /** From 1; absent where the fault has no place. */
  readonly line?: number | undefined;
  readonly source: string;
  /** What kube-proxy exits with, where its words are known; of a value, gate and the like one by one. */
  readonly prints?: string | undefined;
}

/** A kube-proxy pod that starts now would exit: roll-outs must be refused. */
export const stopsKubeProxy = ({ kind }: KubeProxyFault): boolean =>
  kind === 'unreadable' || kind === 'value' || kind === 'gate';

const SHOWN = 80;

/** `healthzBindAddress (":::10256") must be IP:port`; one line, cut to what a person reads. */
export function faultText({ path, value, detail }: KubeProxyFault): string {
  const shown = value === undefined ? '' : `(${value.slice(0, SHOWN)})`;
  return [path.slice(0, SHOWN), shown, detail].filter(Boolean).join(' ');
}
