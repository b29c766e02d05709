import { flannelHairpin } from '../../../src/checks/flannel/flannel-hairpin.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, fixture } from '../../support/kube-objects.js';

const set = fixture('06-daemonset-kube-flannel-ds');
const config = (text: string): JsonObject => configMap('kube-flannel-cfg', { 'cni-conf.json': text });
const service = (name: string, spec: JsonObject, namespace = 'shop'): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec,
});
const OFF = '{"name":"cb0","type":"flannel","delegate":{"isDefaultGateway":true}}';

describeCheck(flannelHairpin, {
  'stays quiet when hairpin is on in the plugin list': {
    objects: [set, fixture('08-configmap-kube-flannel-cfg-current')],
    outcome: 'clear',
  },
  'advises when it is off, counting the Services that could be called from behind': {
    objects: [
      set,
      config(OFF),
      service('cart', { clusterIP: '172.21.0.9', selector: { app: 'cart' } }),
      service('headless', { clusterIP: 'None', selector: { app: 'cart' } }),
      service('external', { type: 'ExternalName', externalName: 'a.example' }),
      service('manual', { clusterIP: '172.21.0.10' }),
      service('kube-dns', { clusterIP: '172.21.0.2', selector: { 'k8s-app': 'kube-dns' } }, 'kube-system'),
    ],
    outcome: 'clear',
    finds: [
      'off: Hairpin is off in kube-flannel-cfg: a pod cannot reach itself through its own Service. 1 Service with a selector could be called that way; a headless Service avoids it.',
    ],
    evidence: ['Service shop/cart, spec.selector: app=cart'],
  },
  'takes a text "true" for off, as the plugin does': {
    objects: [set, config('{"name":"cb0","type":"flannel","delegate":{"hairpinMode":"true"}}')],
    outcome: 'clear',
    finds: [
      'off: Hairpin is off in kube-flannel-cfg: a pod cannot reach itself through its own Service. 0 Services with a selector could be called that way; a headless Service avoids it.',
    ],
  },
  'finds a config that is no JSON': {
    objects: [set, config('{"name":')],
    outcome: 'found',
    finds: [
      'unreadable: cni-conf.json in ConfigMap kube-flannel-cfg is not a JSON object, so no node can use it.',
    ],
  },
  'cannot tell without the ConfigMap': { objects: [set], outcome: 'unknown', says: 'kube-flannel-cfg' },
  'cannot tell when Services may not be listed': {
    objects: [set, config(OFF)],
    forbidden: ['services'],
    outcome: 'unknown',
  },
  'does not apply to Terway': { objects: [fixture('01-daemonset-terway-eniip')], outcome: 'not-applicable' },
});
