import { unlessAbsent } from '../../cluster/absent.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { isHeadless, type ServiceView, services } from '../../cluster/views/service.js';
import { defineCheck } from '../judging/define-check.js';
import {
  CNI_CONF_WHERE,
  flannelConfigMap,
  flannelConfigReads,
  flannelPlugin,
  needsFlannel,
} from './flannel-config.js';

/**
 * Whether a pod really calls itself cannot be seen; only that it would fail. So off with nothing affected is advice.
 * Source: FAQ "How can I allow a pod to access the service it exposes?".
 */
export const flannelHairpin = defineCheck({
  id: 'flannel-hairpin',
  title: 'Whether pods can call themselves through their Services',
  area: 'flannel',
  intents: ['pod-self-access'],
  judges: ['kube-flannel-ds'],
  reads: [...flannelConfigReads, { group: '', resource: 'services', verbs: ['list'] }],
  appliesTo: needsFlannel,
  messages: {
    off: {
      severity: 'advice',
      text: 'Hairpin is off in kube-flannel-cfg: a pod cannot reach itself through its own Service. {services} {services:Service|Services} with a selector could be called that way; a headless Service avoids it.',
    },
    unreadable: {
      severity: 'problem',
      atStart: true,
      text: 'cni-conf.json in ConfigMap kube-flannel-cfg is not a JSON object, so no node can use it.',
      intent: 'flannel-cni-version',
    },
  },

  async gather(reader) {
    const [config, list] = await Promise.all([
      unlessAbsent(reader.get(configMaps, flannelConfigMap)),
      reader.list(services),
    ]);
    return { text: config?.data['cni-conf.json'], services: list };
  },

  judge({ text, services: list }, report) {
    if (text === undefined)
      return report.unknown(
        'cluster.not-found',
        'ConfigMap kube-system/kube-flannel-cfg has no key cni-conf.json to read.',
      );
    const config = parseJsonObject(text);
    const evidence = [{ where: CNI_CONF_WHERE, value: text }];
    if (config === undefined) return report.found('unreadable', flannelConfigMap, { data: {}, evidence });
    if (flannelPlugin(config).hairpin) return;
    report.found('off', flannelConfigMap, {
      data: { services: list.filter(couldCallItself).length },
      evidence: [...evidence, ...list.filter(couldCallItself).slice(0, 3).map(selectorEvidence)],
    });
  },
});

const couldCallItself = (service: ServiceView): boolean =>
  service.namespace !== 'kube-system' &&
  service.type !== 'ExternalName' &&
  !isHeadless(service) &&
  Object.keys(service.selector).length > 0;

const selectorEvidence = ({ namespace, name, selector }: ServiceView) => ({
  where: `Service ${namespace}/${name}, spec.selector`,
  value: Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(', '),
});
