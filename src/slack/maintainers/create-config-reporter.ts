import type { ConfigReporter } from '../../jobs/ports.js';
import { configRefusedView, configTakenView } from './config-views.js';
import { type MaintainerParts, tellMaintainers } from './tell-maintainers.js';

export function createConfigReporter(parts: MaintainerParts): ConfigReporter {
  return {
    refused: (key, faults) =>
      tellMaintainers(parts, { about: 'config-refused', key, message: configRefusedView(faults) }),
    taken: (key) => tellMaintainers(parts, { about: 'config-taken', key, message: configTakenView() }),
  };
}
