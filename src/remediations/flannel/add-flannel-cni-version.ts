import { z } from 'zod';
import { flannelPlugin } from '../../checks/flannel/flannel-config.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import { exactConfigMaps } from '../../cluster/views/config-map.js';
import { AcknetError } from '../../errors.js';
import { defineRemediation } from '../define-remediation.js';
import { setJsonProperty } from '../documents/set-json-property.js';
import { configMapReads, configMapWrites, rolloutReads, rolloutWrites } from '../rollout-rules.js';
import { proveFlannel } from './prove-flannel.js';

const KEY = 'cni-conf.json';
const configMap = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' } as const;
const daemonSet = { kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-flannel-ds' } as const;

/** Source: FAQ "After manually upgrading the Flannel image version…". 0.3.1 is the version of the plugin-list form. */
export const addFlannelCniVersion = defineRemediation({
  id: 'add-flannel-cni-version',
  title: 'Add cniVersion to the Flannel config and restart Flannel',
  intent: 'flannel-cni-version',
  fixes: ['flannel-cni-version.missing'],
  risk: 'medium',
  undo: 'restore',
  after: 'clear',
  reads: [configMapReads(configMap.name), ...rolloutReads(daemonSet.name)],
  writes: [configMapWrites(configMap.name), ...rolloutWrites],
  params: z.strictObject({}),

  async plan(reader) {
    const { data } = await reader.get(exactConfigMaps, configMap);
    const from = data[KEY];
    const config = from === undefined ? undefined : parseJsonObject(from);
    if (from === undefined || config === undefined) {
      throw new AcknetError(
        'plan.refused',
        `${KEY} in ConfigMap kube-system/kube-flannel-cfg is missing or is not a JSON object.`,
        {
          hint: 'Repair the JSON by hand first; acknet only adds a field to a config it can read.',
        },
      );
    }
    const { cniVersion, chained } = flannelPlugin(config);
    if (cniVersion !== undefined) return { changes: [], warnings: [] };

    const to = setJsonProperty(from, {
      path: ['cniVersion'],
      value: chained ? '0.3.1' : '0.3.0',
      after: 'name',
    });
    if (to === undefined)
      throw new AcknetError('plan.refused', `${KEY} could not be edited without touching the rest of it.`);
    return {
      changes: [
        { verb: 'edit-document', about: configMap, key: KEY, from, to },
        { verb: 'roll-pods', about: daemonSet, selector: 'app=flannel' },
      ],
      warnings: [
        'Running pods keep their network while Flannel restarts; pods created on a node in that moment wait for it.',
      ],
    };
  },
  prove: proveFlannel,
});
