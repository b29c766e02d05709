import { contains, parseCidr } from '../../checks/cidr.js';
import { internalIpOf } from '../../checks/node-kinds.js';
import type { CloudAction } from '../../cloud/actions.js';
import type { CloudAccess, CloudReader } from '../../cloud/ports.js';
import { callers } from '../../cloud/views/caller.js';
import { clusterDetails } from '../../cloud/views/cluster-detail.js';
import { vSwitches } from '../../cloud/views/v-switch.js';
import { vpcs } from '../../cloud/views/vpc.js';
import type { ClusterAccess } from '../../cluster/ports.js';
import { nodes } from '../../cluster/views/node.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { type KnownThings, nothing, questionFor, rawRead } from './cloud-probes.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

const says = doctorTexts.cloud;

interface CloudExamination {
  readonly cloud: CloudAccess;
  readonly access: Pick<ClusterAccess, 'name' | 'reader'>;
  readonly actions: readonly CloudAction[];
  readonly signal: AbortSignal;
  /** Counts milliseconds. */
  readonly watch: () => number;
}

/** Who acknet is in the account, whether the configured cluster is this one, and whether each action is allowed. */
export async function examineCloud(examination: CloudExamination): Promise<readonly Symptom[]> {
  const reader = examination.cloud.reader({ signal: examination.signal });
  const who = await told(reader, async () => {
    const [caller] = (await reader.read(callers)).items;
    return ok(
      says.actsAs(says.name(reader.cluster), { arn: `${caller?.arn}`, account: `${caller?.account}` }),
    );
  });
  if (who.state !== 'ok') return [who];
  const fit = await told(reader, () => examineFit(reader, examination));
  const known = await knownThings(reader).catch(() => ({ ...nothing, region: reader.region }));
  return [who, fit, ...(await examineActions(reader, known, examination))];
}

async function told(reader: CloudReader, look: () => Promise<Symptom>): Promise<Symptom> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    const said = `${says.name(reader.cluster)}: ${error.message}`;
    const todo = error.hint ?? doctorTexts.seeMessage;
    const notAsked = error.retry || error.code === 'cloud.budget' || !error.code.startsWith('cloud.');
    return notAsked ? unread(said, todo) : fault(said, todo);
  }
}

/** The VPC that the cloud names must hold the addresses that Kubernetes shows. */
async function examineFit(reader: CloudReader, { access, signal }: CloudExamination): Promise<Symptom> {
  const name = says.name(reader.cluster);
  const [detail] = (await reader.read(clusterDetails)).items;
  if (detail?.region !== undefined && detail.region !== reader.region)
    return fault(
      says.otherRegion(name, { id: reader.clusterId, is: detail.region, says: reader.region }),
      says.setRegion(reader.cluster, detail.region),
    );
  const [vpc] = (await reader.read(vpcs, { VpcId: detail?.vpc })).items;
  const blocks = [vpc?.cidr ?? '', ...(vpc?.secondary ?? [])].flatMap((text) => parseCidr(text) ?? []);
  const addresses = (await access.reader(signal).list(nodes)).flatMap((node) => internalIpOf(node) ?? []);
  const outside = addresses.filter((address) => !blocks.some((block) => contains(block, address)));
  if (addresses.length === 0) return unread(says.noAddresses(name), says.lookAgain);
  return outside.length === 0
    ? ok(says.fits(name, { vpc: `${detail?.vpc}`, nodes: addresses.length }))
    : fault(
        says.fitsNot(name, {
          vpc: `${detail?.vpc}`,
          cidr: `${vpc?.cidr}`,
          address: `${outside[0]}`,
          id: reader.clusterId,
        }),
        says.correctId(reader.cluster),
      );
}

export async function knownThings(reader: CloudReader): Promise<KnownThings> {
  const [detail] = (await reader.read(clusterDetails)).items;
  const [first] = (await reader.read(vSwitches, { VpcId: detail?.vpc })).items;
  return {
    clusterId: reader.clusterId,
    region: reader.region,
    vpc: detail?.vpc ?? nothing.vpc,
    vSwitch: first?.id ?? nothing.vSwitch,
    routeTable: first?.routeTable ?? nothing.routeTable,
    instanceType: nothing.instanceType,
  };
}

async function examineActions(
  reader: CloudReader,
  known: KnownThings,
  { actions, watch }: CloudExamination,
): Promise<readonly Symptom[]> {
  const name = says.name(reader.cluster);
  let slowest = { action: '', ms: 0 };
  const wrong: Symptom[] = [];
  for (const action of actions) {
    const from = watch();
    const symptom = await told(reader, async () => {
      await allowed(reader, action, known);
      return ok(action);
    });
    const ms = Math.round(watch() - from);
    if (ms > slowest.ms) slowest = { action, ms };
    if (symptom.state !== 'ok') wrong.push(symptom);
  }
  return wrong.length > 0
    ? wrong
    : [ok(says.mayAll(name, { actions: actions.length, slowest: slowest.action, ms: slowest.ms }))];
}

/** RAM is asked before the thing is looked for, so NotFound is an answer to who may ask (not verified on the real cloud). */
async function allowed(reader: CloudReader, action: CloudAction, known: KnownThings): Promise<void> {
  try {
    await reader.read(rawRead(action), questionFor(action, known));
  } catch (error) {
    if (!isAcknetError(error, 'cloud.not-found')) throw error;
  }
}
