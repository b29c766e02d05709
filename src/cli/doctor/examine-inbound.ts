import type { Config } from '../../config/config.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { fault, ok, type Symptom } from './symptom.js';

const says = doctorTexts.inbound;

/** What the inbound port takes, as configured: whether others reach it, only they can say. */
export function examineInbound({
  inbound,
  http,
  alerts,
  clusters,
}: Pick<Config, 'inbound' | 'http' | 'alerts' | 'clusters'>): readonly Symptom[] {
  const uses = [...(inbound.slack ? ['/slack/events'] : []), ...(alerts === undefined ? [] : ['/alerts'])];
  if (uses.length === 0) return [ok(says.none)];
  return [
    ok(says.takes(uses, inbound.port)),
    ...(inbound.port === http.port && inbound.port !== 0
      ? [fault(says.same(inbound.port), says.another)]
      : []),
    ...Object.keys(clusters)
      .filter((name) => alerts !== undefined && clusters[name]?.askers && alerts.channels[name] === undefined)
      .map((name) => fault(says.restricted(name), says.nameChannel(name))),
  ];
}
