import type { ModalView } from '@slack/types';
import type { Clouds } from '../../../cloud/ports.js';
import type { Clusters, Json } from '../../../cluster/ports.js';
import { isAcknetError } from '../../../errors.js';
import type { KnownValue } from '../../../remediations/define-remediation.js';
import { encodeValue } from '../../kit/action-values.js';
import type { SlackMessage } from '../../kit/message.js';
import { type ParameterField, parameterFields, readParameters } from '../parameter-fields.js';
import { startFixModal } from '../views/modals.js';
import type { Start, StartValue } from './start-of.js';

/** A form opens within three seconds or not at all; what the cluster has not said by then is typed. */
const KNOWN_MS = 1200;

interface FieldPorts {
  readonly clusters: Pick<Clusters, 'get'>;
  readonly clouds: Pick<Clouds, 'get'>;
}

/** The fields of a fix, with what its cluster says of them and what was given already. */
export const startFields = (
  ports: FieldPorts,
  start: Start,
  { refusing }: Pick<Asked, 'refusing'> = {},
): Promise<readonly ParameterField[]> =>
  knownFields(ports, {
    ...start,
    refusing,
    params: readParameters(start.remediation.params, start.given),
    data: start.finding?.data,
    hasTarget: start.target !== undefined || start.finding !== undefined,
  });

interface Asked extends Pick<Start, 'cluster' | 'remediation'> {
  readonly params: Readonly<Record<string, Json>>;
  /** What the finding says; absent = the values given already narrow what is offered. */
  readonly data?: Readonly<Record<string, string | number>> | undefined;
  readonly hasTarget?: boolean;
  /** Throws why no change can be planned there at all, instead of a form that leads to nothing. */
  readonly refusing?: boolean | undefined;
}

/** The same for values that were read already. */
export async function knownFields(
  { clusters, clouds }: FieldPorts,
  { cluster, remediation, params, data = plainValues(params), hasTarget, refusing = false }: Asked,
): Promise<readonly ParameterField[]> {
  const signal = AbortSignal.timeout(KNOWN_MS);
  const read = async (): Promise<Readonly<Record<string, KnownValue>>> => {
    const cloud = clouds.get(cluster)?.reader({ signal, patienceMs: 0 });
    return (await remediation.known?.(clusters.get(cluster).reader(signal), { data, cloud })) ?? {};
  };
  const known = await read().catch((error: unknown) => {
    if (refusing && isAcknetError(error, 'plan.refused')) throw error;
    return {};
  });
  return parameterFields(remediation.params, params, { known, hasTarget });
}

const plainValues = (params: Readonly<Record<string, Json>>): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [],
    ),
  );

export const startForm = (
  { cluster, remediation }: Start,
  value: StartValue,
  shown: { readonly fields: readonly ParameterField[]; readonly fault?: SlackMessage | undefined },
): ModalView =>
  startFixModal(
    { title: remediation.title, cluster, value: encodeValue('fix', value), fault: shown.fault },
    shown.fields,
  );
