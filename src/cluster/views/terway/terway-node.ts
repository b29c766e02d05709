import { flag, list, number, object, strings, text } from '../../fields.js';
import type { Resource } from '../../ports.js';
import type { Wire } from '../../wire.js';
import { nameOf } from '../metadata.js';
import { resourceOf } from '../resource-of.js';
import type { TerwayAddressObject, TerwayInterfaceObject, TerwayNodeObject } from './terway-node-object.js';

type Maybe<T> = Wire<T> | null | undefined;

export interface TerwayInterface {
  readonly id: string;
  readonly status: string;
  readonly mac: string;
  readonly vSwitch: string;
  readonly type: string;
  readonly ipv4Cidr: string;
  /** Addresses by state; `free` = valid, not primary, without a pod. */
  readonly addresses: number;
  readonly free: number;
  /** `<namespace>/<name> <address>` of each pod that holds an IPv4 address here. */
  readonly pods: readonly string[];
  /** Message of the `InsufficientIP` condition. */
  readonly insufficientIp?: { readonly message: string; readonly at?: string | undefined } | undefined;
}

/**
 * `nodes.network.alibabacloud.com`: Terway's own view of a node, filled where `ipam_type` is `crd`.
 * Source: cluster-signals 2.7.
 */
export interface TerwayNodeView {
  readonly name: string;
  readonly zone: string;
  readonly adapters: number;
  readonly ipv4PerAdapter: number;
  readonly ipv6PerAdapter: number;
  readonly vSwitchOptions: readonly string[];
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly prefixMode: boolean;
  /** Sum of `spec.flavor[].count`: how many ENIs the node may hold besides the primary. */
  readonly eniQuota: number;
  /** `veth`, `ipvlan` or `datapathv2`; from Terway 1.17 on. */
  readonly datapath?: string | undefined;
  readonly interfaces: readonly TerwayInterface[];
}

export const terwayNodes: Resource<TerwayNodeView> = resourceOf<TerwayNodeObject, TerwayNodeView>(
  {
    group: 'network.alibabacloud.com',
    version: 'v1beta1',
    plural: 'nodes',
    kind: 'Node',
    namespaced: false,
    rewrite: numberKeys,
  },
  (raw) => ({
    name: nameOf(raw),
    zone: text(raw.spec?.nodeMetadata?.zoneID) ?? '',
    adapters: number(raw.spec?.nodeCap?.adapters) ?? 0,
    ipv4PerAdapter: number(raw.spec?.nodeCap?.ipv4PerAdapter) ?? 0,
    ipv6PerAdapter: number(raw.spec?.nodeCap?.ipv6PerAdapter) ?? 0,
    vSwitchOptions: strings(raw.spec?.eni?.vSwitchOptions),
    ipv4: flag(raw.spec?.eni?.enableIPv4) === true,
    ipv6: flag(raw.spec?.eni?.enableIPv6) === true,
    prefixMode: flag(raw.spec?.eni?.enableIPPrefix) === true,
    eniQuota: list(raw.spec?.flavor).reduce<number>((sum, entry) => sum + (number(entry?.count) ?? 0), 0),
    datapath: text(raw.spec?.datapath?.type),
    interfaces: interfacesOf(raw),
  }),
);

const interfacesOf = (raw: Wire<TerwayNodeObject>): readonly TerwayInterface[] =>
  Object.entries(object(raw.status?.networkInterfaces)).map(([id, entry]) => interfaceOf(id, entry));

function interfaceOf(id: string, entry: Maybe<TerwayInterfaceObject>): TerwayInterface {
  const ipv4 = Object.entries(object(entry?.ipv4));
  const held = ipv4.filter(([, ip]) => (text(ip?.podID) ?? '') !== '');
  const usable = ipv4.filter(([, ip]) => text(ip?.status) === 'Valid' && flag(ip?.primary) !== true);
  const insufficient = text(entry?.conditions?.InsufficientIP?.message);
  return {
    id: text(entry?.id) ?? id,
    status: text(entry?.status) ?? '',
    mac: text(entry?.macAddress) ?? '',
    vSwitch: text(entry?.vSwitchID) ?? '',
    type: text(entry?.networkInterfaceType) ?? '',
    ipv4Cidr: text(entry?.ipv4CIDR) ?? '',
    addresses: ipv4.length,
    free: usable.filter(([, ip]) => (text(ip?.podID) ?? '') === '').length,
    pods: held.map(([key, ip]) => podAndAddress(ip, key)),
    insufficientIp:
      insufficient === undefined
        ? undefined
        : { message: insufficient, at: text(entry?.conditions?.InsufficientIP?.observedTime) },
  };
}

/** Keys that data makes: an address or a network card, whose entry begins by repeating it, as Terway writes them. */
const DATA_KEY = /"(?:[\d.]+|[\da-f]*:[\da-f:]+|eni-[a-z\d]+)":\{(?="(?:ip|id)":")/g;

function numberKeys(json: string): string {
  let count = 0;
  return json.replace(DATA_KEY, () => {
    count += 1;
    return `"${count}":{`;
  });
}

/** Joined, as V8 would keep both parts beside a text made by `+`. */
const podAndAddress = (ip: Maybe<TerwayAddressObject>, key: string): string =>
  [text(ip?.podID) ?? '', text(ip?.ip) ?? key].join(' ');
