import type { ModalView } from '@slack/types';
import type { Clusters } from '../../../cluster/ports.js';
import type { KnownValue } from '../../../remediations/define-remediation.js';
import { encodeValue } from '../../kit/action-values.js';
import type { SlackMessage } from '../../kit/message.js';
import { type ParameterField, parameterFields, readParameters } from '../parameter-fields.js';
import { startFixModal } from '../views/modals.js';
import type { Start, StartValue } from './start-of.js';

/** A form opens within three seconds or not at all; what the cluster has not said by then is typed. */
const KNOWN_MS = 1200;

/** The fields of a fix, with what its cluster says of them and what was given already. */
export async function startFields(
  { clusters }: { readonly clusters: Pick<Clusters, 'get'> },
  { cluster, remediation, given, target, finding }: Start,
): Promise<readonly ParameterField[]> {
  const signal = AbortSignal.timeout(KNOWN_MS);
  const read = async (): Promise<Readonly<Record<string, KnownValue>>> =>
    (await remediation.known?.(clusters.get(cluster).reader(signal), { data: finding?.data ?? {} })) ?? {};
  const known = await read().catch(() => ({}));
  const hasTarget = target !== undefined || finding !== undefined;
  return parameterFields(remediation.params, readParameters(remediation.params, given), { known, hasTarget });
}

export const startForm = (
  { cluster, remediation }: Start,
  value: StartValue,
  shown: { readonly fields: readonly ParameterField[]; readonly fault?: SlackMessage | undefined },
): ModalView =>
  startFixModal(
    { title: remediation.title, cluster, value: encodeValue('fix', value), fault: shown.fault },
    shown.fields,
  );
