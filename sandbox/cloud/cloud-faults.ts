/** What goes wrong with the next calls of one API, or of any. */
interface CloudFault {
  /** e.g. `DescribeVSwitches`; absent = any. */
  readonly api?: string;
  /** How many calls it strikes; default 1. */
  readonly times?: number;
  readonly effect: CloudEffect;
}

/**
 * `throttled`: with `x-acs-retry-after` where `afterMs` is given. `status`: a refusal or a fault of the server, in XML where asked.
 * `slow`: answered late. `hang`: never. `without`: this field is left out, wherever it stands. `more`: fields nobody knows.
 * `wrong`: this field holds this value, wherever it stands. `expired`: the temporary credential is over. `denied`: as if RAM had
 * granted nothing.
 */
export type CloudEffect =
  | { readonly kind: 'throttled'; readonly afterMs?: number }
  | { readonly kind: 'status'; readonly status: number; readonly code: string; readonly xml?: boolean }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'without'; readonly field: string }
  | { readonly kind: 'wrong'; readonly field: string; readonly value: string | number | null }
  | { readonly kind: 'more' };

export interface CloudFaults {
  /** Returns how to end this one. */
  add(fault: CloudFault): () => void;
  clear(): void;
  take(api: string): CloudEffect | undefined;
}

export function createCloudFaults(): CloudFaults {
  const active: { readonly fault: CloudFault; left: number }[] = [];
  return {
    add: (fault) => {
      const entry = { fault, left: fault.times ?? 1 };
      active.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    clear: () => void active.splice(0),
    take: (api) => {
      const found = active.find(({ fault, left }) => left > 0 && (fault.api ?? api) === api);
      if (found !== undefined) found.left -= 1;
      return found?.fault.effect;
    },
  };
}

/** The answer with one thing about it wrong. */
export function distorted(value: unknown, effect: CloudEffect): unknown {
  if (effect.kind === 'more' && typeof value === 'object' && value !== null && !Array.isArray(value))
    return { ...mapped(value, effect), FieldOfTomorrow: { Anything: [1] } };
  return mapped(value, effect);
}

function mapped(value: unknown, effect: CloudEffect): object {
  if (Array.isArray(value)) return value.map((entry) => within(entry, effect));
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, entry]) => {
      if (effect.kind === 'without' && key === effect.field) return [];
      if (effect.kind === 'wrong' && key === effect.field) return [[key, effect.value]];
      return [[key, within(entry, effect)]];
    }),
  );
}

const within = (value: unknown, effect: CloudEffect): unknown =>
  typeof value === 'object' && value !== null ? distorted(value, effect) : value;
