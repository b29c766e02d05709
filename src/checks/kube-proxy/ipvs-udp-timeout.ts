import { formatVersion, isAtLeast } from '../../cluster/identity/versions.js';
import { isHeadless, type ServiceView, services } from '../../cluster/views/service.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { bypassOf, gatherTerwayConfig, hostTrafficOnly, terwayConfigReads } from '../terway/terway-config.js';
import {
  aboutConfigMap,
  configWhere,
  gatherKubeProxies,
  kubeProxyReads,
  kubeProxyVersion,
  readableProxies,
} from './kube-proxies.js';

const SHOWN = 7;
/** What the kernel does where nothing is set. Source: FAQ. */
const KERNEL_DEFAULT_MS = 300_000;

/** Source: FAQ "How do I change the IPVS UDP session persistence timeout in kube-proxy?". */
export const ipvsUdpTimeout = defineCheck({
  id: 'ipvs-udp-timeout',
  title: 'How long IPVS keeps UDP sessions',
  area: 'kube-proxy',
  intents: ['ipvs-udp-timeout'],
  reads: [...kubeProxyReads, ...terwayConfigReads, { group: '', resource: 'services', verbs: ['list'] }],
  messages: {
    default: {
      severity: 'advice',
      text: 'ConfigMap {configMap} sets no ipvs.udpTimeout, so for up to 300 s UDP packets can go to a backend that is gone: DNS, after CoreDNS restarts. {own}',
    },
    shortened: {
      severity: 'advice',
      text: 'ConfigMap {configMap} lowers ipvs.udpTimeout to {seconds} s while {count} {count:Service outside kube-system uses|Services outside kube-system use} UDP ({services}); the FAQ asks for a ticket first.',
    },
    tooOld: {
      severity: 'advice',
      text: 'kube-proxy {version} has no ipvs.udpTimeout (it came with 1.18). The timeout of 300 s can only be changed on each node, with ipvsadm --set.',
    },
  },

  async gather(reader) {
    const [proxies, all, terway] = await Promise.all([
      gatherKubeProxies(reader),
      reader.list(services),
      gatherTerwayConfig(reader),
    ]);
    return { proxies, udp: all.filter(isOwnUdp), datapath: bypassOf(terway.acceleration) };
  },

  judge({ proxies, udp, datapath }, report, { identity }) {
    const readable = readableProxies(proxies, report, { identity, needs: ['mode', 'ipvs.udpTimeout'] });
    const ipvs = readable.filter(({ settings }) => settings.mode === 'ipvs');
    if (readable.length > 0 && ipvs.length === 0)
      return report.notApplicable(`kube-proxy is set to ${readable[0]?.settings.mode} mode, not ipvs.`);

    report.fact({
      label: 'UDP Services outside kube-system',
      value: listed(udp.map(fullName), SHOWN) || 'none',
      where: 'Services, spec.ports',
    });
    for (const proxy of ipvs) {
      const { name, settings } = proxy;
      const about = aboutConfigMap(name);
      const version = kubeProxyVersion(proxy, identity);
      const value = settings.udpTimeoutMs;
      const isSet = value !== undefined && value > 0;
      const shown = {
        where: configWhere(name),
        value: `ipvs.udpTimeout: ${isSet ? `${value / 1000}s` : 'absent'}`,
      };
      const evidence = [shown, ...udp.slice(0, SHOWN).map(portEvidence)];
      report.fact({
        label: `${name}: UDP timeout`,
        value: isSet ? `${value / 1000} s` : '300 s (the kernel’s own)',
        where: shown.where,
      });
      if (version !== undefined && !isAtLeast(version, '1.18'))
        report.found('tooOld', about, { data: { version: formatVersion(version) }, evidence: [shown] });
      else if (!isSet && datapath !== undefined)
        report.fact({ label: `${name}: reaches`, value: hostTrafficOnly(datapath) });
      else if (!isSet)
        report.found('default', about, { data: { configMap: name, own: ownText(udp) }, evidence });
      else if (value < KERNEL_DEFAULT_MS && udp.length > 0)
        report.found('shortened', about, {
          data: {
            configMap: name,
            seconds: value / 1000,
            count: udp.length,
            services: listed(udp.map(fullName), SHOWN),
          },
          evidence,
        });
    }
  },
});

/** Headless Services have no IPVS entry, and DNS itself is in kube-system. */
const isOwnUdp = (service: ServiceView): boolean =>
  service.namespace !== 'kube-system' &&
  service.type !== 'ExternalName' &&
  !isHeadless(service) &&
  service.ports.some(({ protocol }) => protocol === 'UDP');

const fullName = ({ namespace, name }: ServiceView): string => `${namespace}/${name}`;

const ownText = (udp: readonly ServiceView[]): string =>
  udp.length === 0
    ? 'No Service outside kube-system uses UDP, so it can be lowered.'
    : `But ${count(udp.length, 'Service outside kube-system uses', 'Services outside kube-system use')} UDP: lowering it needs a ticket with Alibaba Cloud first.`;

const portEvidence = (service: ServiceView): Evidence => ({
  where: `Service ${fullName(service)}, spec.ports`,
  value: service.ports.map(({ protocol, port }) => `${protocol} ${port}`).join(', '),
});
