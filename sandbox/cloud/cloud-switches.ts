import type { CloudEffect, CloudFaults } from './cloud-faults.js';
import type { SwitchName } from './shown/cloud-state.js';

/** Longer than a call takes, shorter than acknet waits for one. */
const SLOW_MS = 2500;

const effects: Readonly<Record<SwitchName, CloudEffect>> = {
  throttled: { kind: 'throttled' },
  denied: { kind: 'denied' },
  expired: { kind: 'expired' },
  failing: { kind: 'status', status: 503, code: 'ServiceUnavailable' },
  slow: { kind: 'slow', ms: SLOW_MS },
};

export const switchNames = Object.keys(effects) as [SwitchName, ...SwitchName[]];

export interface CloudSwitches {
  /** Until it is thrown again; `api` absent = any. */
  throw(name: SwitchName, to: { readonly on: boolean; readonly api?: string | undefined }): void;
  /** Those that are on, each with what it strikes. */
  on(): Partial<Record<SwitchName, { api?: string }>>;
}

export function createCloudSwitches(faults: CloudFaults, changed: () => void): CloudSwitches {
  const active = new Map<SwitchName, { readonly end: () => void; readonly api: { api?: string } }>();
  return {
    throw: (name, { on, api }) => {
      active.get(name)?.end();
      active.delete(name);
      if (on) {
        const where = api === undefined ? {} : { api };
        const fault = { ...where, times: Number.POSITIVE_INFINITY, effect: effects[name] };
        active.set(name, { end: faults.add(fault), api: where });
      }
      changed();
    },
    on: () => Object.fromEntries([...active].map(([name, { api }]) => [name, api])),
  };
}
