import type { JsonObject } from '../../src/cluster/ports.js';
import type { Scenario } from '../cluster/scenario.js';
import type { CloudScenario } from '../cluster/scenario-schema/cloud-schema.js';

/** What the answers are made from: the scenario, and the cluster as it is now. */
export interface CloudWorld {
  readonly scenario: Scenario & { readonly cloud: CloudScenario };
  /** Objects of a kind that the cluster holds at this moment; custom ones by their group. */
  objects(kind: string, group?: string): readonly JsonObject[];
  readonly now: () => Date;
}

/** Parameters of a call, as they came in the query and the path. */
export type Parameters = Readonly<Record<string, string>>;

/** Answers one action. `list` is paged by the server as its action is, and `beside` stands on every page; `bare` is an answer that is nothing but a list. */
export type Answer = (
  world: CloudWorld,
  parameters: Parameters,
) =>
  | { readonly list: readonly JsonObject[]; readonly beside?: JsonObject }
  | { readonly one: JsonObject }
  | { readonly bare: readonly JsonObject[] };

/** An answer that is a refusal in the cloud's own words. */
export class CloudRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: JsonObject = {},
  ) {
    super(message);
  }
}
