import { formatVersion, type Version } from '../../../cluster/identity/versions.js';
import { gateDependencies } from './gate-dependencies.js';
import { gateHistory } from './gate-history.js';
import { readMinor } from './release-span.js';

interface GateSpan {
  readonly from: number;
  readonly to: number;
  readonly stage: string;
  readonly on: boolean;
  readonly locked: boolean;
  /** Not in all patch releases of these minors. */
  readonly drifts: boolean;
}

interface GateFault {
  readonly name: string;
  /** `gate` = kube-proxy exits; `unfamiliar` = acknet cannot say. */
  readonly kind: 'gate' | 'unfamiliar';
  readonly detail: string;
  /** What kube-proxy says of it. */
  readonly says?: string;
}

type Gates = Readonly<Record<string, boolean>>;

/** What kube-proxy of this release refuses about the gates that a config sets. */
export function gateFaults(gates: Gates, version: Version | undefined): readonly GateFault[] {
  const minor = readMinor(version);
  const own = Object.entries(gates).flatMap(([name, on]) => ownFault(name, on, version) ?? []);
  return minor === undefined ? own : [...own, ...dependencyFaults(gates, minor)];
}

/** Whether a gate is on in this release, as set or by default; undefined = not known there. */
export function isGateOn(name: string, gates: Gates, minor: number): boolean | undefined {
  const span = spanOf(name, minor);
  if (span === undefined) return undefined;
  if (Object.hasOwn(gates, name)) return gates[name];
  const group = span.stage === 'alpha' ? 'AllAlpha' : span.stage === 'beta' ? 'AllBeta' : '';
  return Object.hasOwn(gates, group) && !span.locked ? gates[group] : span.on;
}

function ownFault(name: string, on: boolean, version: Version | undefined): GateFault | undefined {
  const minor = readMinor(version);
  if (minor === undefined)
    return {
      name,
      kind: 'unfamiliar',
      detail: `is not judged for ${version ? formatVersion(version) : 'an unknown release'}`,
    };
  const span = spanOf(name, minor);
  if (span === undefined)
    return { name, kind: 'gate', detail: absence(name, minor), says: `unrecognized feature gate: ${name}` };
  if (span.drifts)
    return {
      name,
      kind: 'unfamiliar',
      detail: `is judged otherwise by different patch releases of 1.${minor}`,
    };
  if (!span.locked || on === span.on) return undefined;
  return {
    name,
    kind: 'gate',
    detail: `is locked to ${span.on} in Kubernetes 1.${minor}`,
    says: `cannot set feature gate ${name} to ${on}, feature is locked to ${span.on}`,
  };
}

/** Why a release does not know a gate: gone, to come, or never heard of. */
function absence(name: string, minor: number): string {
  const spans = spansOf(name);
  const last = spans.findLast(({ to }) => to < minor);
  if (last !== undefined) return `was removed in Kubernetes 1.${last.to + 1}`;
  if (spans[0] !== undefined) return `exists from 1.${spans[0].from} on, this is 1.${minor}`;
  const meant = Object.keys(gateHistory).find((known) => known.toLowerCase() === name.toLowerCase());
  return meant === undefined ? `is no gate of Kubernetes 1.${minor}` : `is no gate; ${meant} is`;
}

function dependencyFaults(gates: Gates, minor: number): readonly GateFault[] {
  return gateDependencies.flatMap(([from, to, name, needs]) => {
    if (minor < from || minor > to || isGateOn(name, gates, minor) !== true) return [];
    const off = needs.filter((need) => isGateOn(need, gates, minor) === false);
    if (off.length === 0) return [];
    const says = `${name} is enabled, but depends on features that are disabled: [${off.join(' ')}]`;
    const set = [name, ...off].find((gate) => Object.hasOwn(gates, gate)) ?? name;
    return [
      {
        name: set,
        kind: 'gate',
        detail: `does not fit: ${name} is on and needs ${off.join(', ')}, which is off`,
        says,
      },
    ];
  });
}

const spanOf = (name: string, minor: number): GateSpan | undefined =>
  spansOf(name).find(({ from, to }) => minor >= from && minor <= to);

const SPAN = /^(\d\d)(?:-(\d\d))? (\w+) (on|off)( locked)?( \?)?$/;

/** Oldest first; none = a name that no release read knows. */
export function spansOf(name: string): readonly GateSpan[] {
  const line = Object.hasOwn(gateHistory, name) ? gateHistory[name] : undefined;
  return (line?.split(', ') ?? []).flatMap((text) => {
    const [, from, to, stage, on, locked, drifts] = SPAN.exec(text) ?? [];
    if (from === undefined || stage === undefined) return [];
    return [
      {
        from: Number(from),
        to: Number(to ?? from),
        stage,
        on: on === 'on',
        locked: locked !== undefined,
        drifts: drifts !== undefined,
      },
    ];
  });
}
