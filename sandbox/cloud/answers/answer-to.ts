import type { JsonObject } from '../../../src/cluster/ports.js';
import type { Call } from '../call-of.js';
import { type Answer, CloudRefusal, type CloudWorld, type Parameters } from '../cloud-world.js';
import { pageOf } from '../page-of.js';
import { csAnswers } from './cs.js';
import { ecsAnswers } from './ecs.js';
import { vpcAnswers } from './vpc.js';

const answers: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  vpc: vpcAnswers,
  ecs: ecsAnswers,
  cs: csAnswers,
  sts: {
    GetCallerIdentity: ({ scenario }) => ({
      one: {
        AccountId: scenario.cloud.account,
        Arn: `acs:ram::${scenario.cloud.account}:user/acknet`,
        IdentityType: 'RAMUser',
      },
    }),
  },
};

/** `largest` = a server that gives smaller pages than it is asked for. */
export function answerTo(
  { product, api }: Call,
  world: CloudWorld,
  { parameters, largest }: { readonly parameters: Parameters; readonly largest: number },
): JsonObject | readonly JsonObject[] {
  const answer = answers[product]?.[api];
  if (answer === undefined) throw new CloudRefusal(404, 'InvalidAction.NotFound', `${api} is not simulated.`);
  if (product !== 'cs' && product !== 'sts' && parameters.RegionId !== world.scenario.region)
    throw new CloudRefusal(400, 'MissingParameter', 'RegionId is missing, or another one.');
  const given = answer(world, parameters);
  if ('bare' in given) return given.bare;
  const body =
    'one' in given ? given.one : { ...pageOf(api, given.list, { parameters, largest }), ...given.beside };
  // CS tells it in a header alone.
  return product === 'cs' ? body : { RequestId: '6A1B3C5D-0000-4000-8000-7E9F1A3B5C7D', ...body };
}

/** All there are, without their products. */
export const actionNames: readonly string[] = Object.values(answers).flatMap((product) =>
  Object.keys(product),
);
