import type { Area } from '../../checks/judging/define-check.js';
import type { CheckResult } from './check-run.js';

export interface RunProgress {
  readonly areas: readonly {
    readonly area: Area;
    readonly done: number;
    readonly total: number;
    readonly found: number;
  }[];
}

interface Watched {
  readonly checks: readonly { readonly area: Area }[];
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
}

/** Counts per area, told after each check that ends. */
export function createProgress({ checks, onProgress }: Watched): (result: CheckResult) => void {
  const areas = new Map<Area, { area: Area; done: number; total: number; found: number }>();
  for (const { area } of checks) {
    const entry = areas.get(area) ?? { area, done: 0, total: 0, found: 0 };
    areas.set(area, { ...entry, total: entry.total + 1 });
  }
  return (result) => {
    const entry = areas.get(result.area);
    if (entry) {
      entry.done += 1;
      entry.found += result.outcome === 'found' ? 1 : 0;
    }
    onProgress?.({ areas: [...areas.values()].map((area) => ({ ...area })) });
  };
}
